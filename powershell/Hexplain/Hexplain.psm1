# hexplain for PowerShell. MIT OR Apache-2.0.
#
# The functions take parameters and the pipeline, and hand them to Hexplain.cs, where everything is done. So that Windows
# PowerShell 5.1 reads it, this file is ASCII and uses nothing that came later.

Set-StrictMode -Version 2.0

# The assembly is made when a release is made; a checkout has none, and there the source is compiled. What is loaded stays
# until PowerShell ends, so that a second import must find the same.
try {
    if (-not ('Hexplain.Library' -as [type])) {
        $assembly = Join-Path -Path $PSScriptRoot -ChildPath 'Hexplain.dll'
        if (Test-Path -LiteralPath $assembly -PathType Leaf) {
            Add-Type -LiteralPath $assembly
        } else {
            # Warnings are errors otherwise, and what a newer compiler warns of is not known here.
            Add-Type -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath 'Hexplain.cs') -IgnoreWarnings
        }
    }
    $loaded = [Hexplain.Library]::ModuleVersion
} catch {
    # The mode alone does not tell: under an audit PowerShell 7.4 names the constrained one and forbids nothing.
    $mode = $ExecutionContext.SessionState.LanguageMode
    if ($mode -eq 'FullLanguage') { throw }
    throw ("The module Hexplain cannot run in the language mode $mode; " +
        'ask who administers this machine to trust the module, or use the command line of hexplain.')
}
if ($loaded -ne '0.1.0') {
    throw "This PowerShell has loaded version $loaded of the module Hexplain, and this is 0.1.0; start a new PowerShell."
}

# The sentence of Hexplain.cs without what PowerShell wraps around it.
function ConvertTo-ErrorRecord {
    param(
        [System.Management.Automation.ErrorRecord] $Caught,
        [string] $Message,
        [string] $Id,
        [System.Management.Automation.ErrorCategory] $Category,
        $Target
    )
    if ($Caught) {
        $exception = $Caught.Exception.GetBaseException()
    } else {
        $exception = New-Object -TypeName Hexplain.HexplainException -ArgumentList $Message
    }
    New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList $exception, $Id, $Category, $Target
}

# The native library, open from the first use on: an error belongs to the command that needs it, not to the import. Families,
# scenario and phase are checked for the command, once for all that comes through the pipeline.
function Open-Library {
    param(
        [System.Management.Automation.PSCmdlet] $Command,
        [string[]] $Family,
        [string] $Scenario,
        [string] $Phase
    )
    try {
        $library = [Hexplain.Library]::OpenModule($PSScriptRoot)
    } catch {
        $Command.ThrowTerminatingError((ConvertTo-ErrorRecord -Caught $_ -Id 'LibraryNotLoaded' -Category ResourceUnavailable))
    }
    try {
        $library.CheckArguments($Family, $Scenario, $Phase)
    } catch {
        $Command.ThrowTerminatingError((ConvertTo-ErrorRecord -Caught $_ -Id 'WordNotKnown' -Category InvalidArgument))
    }
    $library
}

# The full paths of files, with wildcards or without; what is not there is an error of the command that asks.
function Resolve-FilePath {
    param(
        [string[]] $Path,
        [switch] $Literal,
        [System.Management.Automation.PSCmdlet] $Command
    )
    foreach ($one in $Path) {
        $provider = $null
        $drive = $null
        $found = @()
        try {
            if ($Literal) {
                $found = @($Command.SessionState.Path.GetUnresolvedProviderPathFromPSPath($one, [ref] $provider, [ref] $drive))
            } else {
                $found = @($Command.SessionState.Path.GetResolvedProviderPathFromPSPath($one, [ref] $provider))
            }
            if ($provider.Name -ne 'FileSystem') {
                throw (New-Object -TypeName Hexplain.HexplainException -ArgumentList "The path $one is not in the file system; give a file.")
            }
            $found
        } catch {
            $Command.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'PathNotFound' -Category ObjectNotFound -Target $one))
        }
    }
}

function Resolve-ErrorCode {
    <#
    .SYNOPSIS
    Explains error codes of Windows and Microsoft Entra.

    .DESCRIPTION
    Takes a number of any integer type, a text as a person or a log writes it, an exception, or an error record, and tells
    what it is called, why it arises, and what to do. A number that several families share gets all its readings, the best
    first. Of an exception count the numbers of it and of its causes, and the codes in their messages.

    Nothing is asked of the network or of the running system.

    .PARAMETER InputObject
    What to explain: 0x80070005, -2147024891, 'E_ACCESSDENIED', 'AADSTS50126: ...', $LASTEXITCODE, $Error[0] and the like.

    .PARAMETER Family
    Reads the input as codes of these families alone.

    .PARAMETER Scenario
    Shows the advice for this scenario alone.

    .PARAMETER Phase
    Shows the advice for this phase alone.

    .INPUTS
    System.Object

    .OUTPUTS
    Hexplain.ErrorCode

    .EXAMPLE
    Resolve-ErrorCode 0x801c03f2

    Explains an HRESULT. PowerShell reads the number as -2145647630, which is the same code.

    .EXAMPLE
    Resolve-ErrorCode 12007 -Family winhttp

    Explains the number as a WinHTTP error, though WinINet has it too.

    .EXAMPLE
    $Error[0] | Resolve-ErrorCode | Format-List -Property *

    Explains what went wrong last, with everything that is known of it.

    .EXAMPLE
    msiexec.exe /i package.msi /qn | Out-Null; $LASTEXITCODE | Resolve-ErrorCode -Family win32

    Explains the exit code of a program.

    .EXAMPLE
    Import-Csv -Path signins.csv | ForEach-Object { Resolve-ErrorCode "AADSTS$($_.ErrorCode)" } | Group-Object -Property Name

    Counts sign-in errors by name.

    .LINK
    about_Hexplain
    #>
    [CmdletBinding()]
    [OutputType('Hexplain.ErrorCode')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [AllowNull()]
        [AllowEmptyString()]
        [AllowEmptyCollection()]
        [object[]] $InputObject,

        [string[]] $Family,

        [string] $Scenario,

        [string] $Phase
    )
    begin {
        $library = Open-Library -Command $PSCmdlet -Family $Family -Scenario $Scenario -Phase $Phase
    }
    process {
        if ($null -eq $InputObject) { $InputObject = @($null) }
        foreach ($one in $InputObject) {
            $resolution = $null
            try {
                $resolution = $library.Resolve($one, $Family, $Scenario, $Phase)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'InputNotRead' -Category InvalidArgument -Target $one))
            }
            if ($null -ne $resolution) {
                $resolution.Codes
                foreach ($problem in $resolution.Problems) {
                    $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Message $problem -Id 'CodeNotFound' -Category ObjectNotFound -Target $one))
                }
            }
        }
    }
}

function Find-ErrorCode {
    <#
    .SYNOPSIS
    Finds error codes by words.

    .DESCRIPTION
    Lists the codes whose name, summary, reasons or resolutions hold all the words, the best first.

    .PARAMETER Query
    The words, in any order and case.

    .PARAMETER Family
    Searches these families alone.

    .PARAMETER First
    How many codes are listed at most; 20 if it is not given.

    .INPUTS
    System.String

    .OUTPUTS
    Hexplain.ErrorCode

    .EXAMPLE
    Find-ErrorCode proxy authentication

    Finds what has to do with a proxy that wants to know who asks.

    .EXAMPLE
    Find-ErrorCode 'certificate expired' -Family aadsts -First 5

    Finds errors of the Microsoft Entra token service.

    .LINK
    Resolve-ErrorCode
    #>
    [CmdletBinding()]
    [OutputType('Hexplain.ErrorCode')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipeline = $true, ValueFromRemainingArguments = $true)]
        [string[]] $Query,

        [string[]] $Family,

        [ValidateRange(1, 100000)]
        [int] $First = 20
    )
    begin {
        $library = Open-Library -Command $PSCmdlet -Family $Family
    }
    process {
        $words = $Query -join ' '
        $found = @()
        try {
            $found = $library.Search($words, $Family, $First)
        } catch {
            $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'SearchFailed' -Category InvalidArgument -Target $words))
        }
        $found
    }
}

function Select-ErrorCode {
    <#
    .SYNOPSIS
    Finds the error codes in files and texts, as Select-String finds patterns.

    .DESCRIPTION
    Reads logs in UTF-8, in UTF-16 and in other encodings that have ASCII in them, and tells where which code stands. A number
    counts as a code only if its form or the words beside it say so: GUIDs, addresses, versions and counts are no codes.
    Files are read piece by piece, also while they are written to. What is packed, and event logs, are for the command
    line, which is called `hexplain scan`.

    .PARAMETER Path
    The files; wildcards are allowed.

    .PARAMETER LiteralPath
    The files, with names that are taken as they are.

    .PARAMETER InputObject
    The text, line by line as Get-Content gives it, or files as Get-ChildItem gives them.

    .PARAMETER Family
    Tells codes of these families alone.

    .PARAMETER MinimumConfidence
    Tells readings that are at least so sure: exact, derived or guess, which is all.

    .PARAMETER IncludeUnknown
    Tells eight hexadecimal digits behind 0x too if nothing is known of them.

    .INPUTS
    System.String

    .INPUTS
    System.IO.FileInfo

    .OUTPUTS
    Hexplain.Match

    .EXAMPLE
    Select-ErrorCode -Path C:\Windows\Logs\CBS\*.log

    Finds the codes in the logs of Windows servicing.

    .EXAMPLE
    Get-ChildItem -Path logs -Recurse -File | Select-ErrorCode | Group-Object -Property Name | Sort-Object -Property Count -Descending

    Counts the codes in a folder of logs.

    .EXAMPLE
    Get-Content -Path app.log -Wait | Select-ErrorCode

    Explains a log while it is written.

    .EXAMPLE
    Select-ErrorCode -Path app.log | Resolve-ErrorCode -ErrorAction SilentlyContinue

    Explains the codes, with reasons and resolutions.

    .LINK
    Resolve-ErrorCode
    #>
    [CmdletBinding(DefaultParameterSetName = 'InputObject')]
    [OutputType('Hexplain.Match')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath', 'LP')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'InputObject')]
        [AllowNull()]
        [AllowEmptyString()]
        [psobject] $InputObject,

        [string[]] $Family,

        [ValidateSet('exact', 'derived', 'guess')]
        [string] $MinimumConfidence = 'guess',

        [switch] $IncludeUnknown
    )
    begin {
        $library = Open-Library -Command $PSCmdlet -Family $Family
        $text = $library.OpenText($Family, $MinimumConfidence, $IncludeUnknown)
    }
    process {
        $files = @()
        if ($PSCmdlet.ParameterSetName -eq 'Path') {
            $files = @(Resolve-FilePath -Path $Path -Command $PSCmdlet)
        } elseif ($PSCmdlet.ParameterSetName -eq 'LiteralPath') {
            $files = @(Resolve-FilePath -Path $LiteralPath -Literal -Command $PSCmdlet)
        } elseif ($InputObject -is [System.IO.FileInfo]) {
            $files = @($InputObject.FullName)
        } elseif ($null -ne $InputObject -and -not ($InputObject -is [System.IO.DirectoryInfo])) {
            # What is sent on must not be within `try`: an error of the next command is not one of this.
            $found = @()
            try {
                $found = $text.Next([string] $InputObject)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'TextNotRead' -Category InvalidData -Target $InputObject))
            }
            $found
        }
        foreach ($file in $files) {
            $scan = $null
            try {
                $scan = $library.OpenFile($file, $Family, $MinimumConfidence, $IncludeUnknown)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'FileNotRead' -Category OpenError -Target $file))
            }
            if ($null -ne $scan) {
                try {
                    $more = $true
                    while ($more) {
                        try {
                            $more = $scan.Read()
                        } catch {
                            $more = $false
                            $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'FileNotRead' -Category ReadError -Target $file))
                        }
                        if ($more) { $scan.Matches }
                    }
                } finally {
                    $scan.Dispose()
                }
            }
        }
    }
}

function ConvertFrom-DsregStatus {
    <#
    .SYNOPSIS
    Diagnoses a device from what `dsregcmd /status` prints.

    .DESCRIPTION
    Tells to what the device is joined, what is wrong with its registration or its single sign-on, on which lines that rests,
    why it is so, and what to do. Takes the lines of the pipeline together, or files in UTF-8 or UTF-16.

    .PARAMETER Path
    Files with the output of `dsregcmd /status`; wildcards are allowed.

    .PARAMETER LiteralPath
    Such files, with names that are taken as they are.

    .PARAMETER InputObject
    The lines, or files as Get-ChildItem gives them.

    .PARAMETER Now
    Tells ages for this time, such as (Get-Date); without it, for the times that the capture itself holds.

    .PARAMETER Redact
    Replaces what identifies tenant, device, user, domain, host, keys and requests, the same by the same within one file or
    pipeline.

    .INPUTS
    System.String

    .INPUTS
    System.IO.FileInfo

    .OUTPUTS
    Hexplain.Diagnosis

    .EXAMPLE
    dsregcmd.exe /status | ConvertFrom-DsregStatus

    Diagnoses this device.

    .EXAMPLE
    (dsregcmd.exe /status | ConvertFrom-DsregStatus -Now (Get-Date)).Findings | Where-Object -Property Severity -EQ -Value error

    Lists the errors alone.

    .EXAMPLE
    Get-ChildItem -Path captures -Filter *.txt | ConvertFrom-DsregStatus -Redact | Group-Object -Property JoinState, Phase -NoElement

    Counts the captures of a fleet.

    .LINK
    Get-ErrorGuide
    #>
    [CmdletBinding(DefaultParameterSetName = 'InputObject')]
    [OutputType('Hexplain.Diagnosis')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ParameterSetName = 'Path')]
        [string[]] $Path,

        [Parameter(Mandatory = $true, ParameterSetName = 'LiteralPath')]
        [Alias('PSPath', 'LP')]
        [string[]] $LiteralPath,

        [Parameter(Mandatory = $true, ValueFromPipeline = $true, ParameterSetName = 'InputObject')]
        [AllowNull()]
        [AllowEmptyString()]
        [AllowEmptyCollection()]
        [object[]] $InputObject,

        [datetime] $Now,

        [switch] $Redact
    )
    begin {
        $time = $null
        if ($PSBoundParameters.ContainsKey('Now')) { $time = $Now }
        $lines = New-Object -TypeName System.Text.StringBuilder
        $hasFiles = $false
        $library = Open-Library -Command $PSCmdlet
    }
    process {
        $files = @()
        if ($PSCmdlet.ParameterSetName -eq 'Path') {
            $files = @(Resolve-FilePath -Path $Path -Command $PSCmdlet)
        } elseif ($PSCmdlet.ParameterSetName -eq 'LiteralPath') {
            $files = @(Resolve-FilePath -Path $LiteralPath -Literal -Command $PSCmdlet)
        } else {
            foreach ($one in $InputObject) {
                if ($one -is [System.IO.FileInfo]) {
                    $files += $one.FullName
                } elseif (-not ($one -is [System.IO.DirectoryInfo])) {
                    [void] $lines.Append([string] $one).Append("`n")
                }
            }
        }
        foreach ($file in $files) {
            $hasFiles = $true
            $found = @()
            try {
                $found = $library.DiagnoseFile($file, $time, $Redact)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'StatusNotRead' -Category InvalidData -Target $file))
            }
            $found
        }
    }
    end {
        # After files alone there is no text to diagnose.
        if ($PSCmdlet.ParameterSetName -eq 'InputObject' -and ($lines.Length -gt 0 -or -not $hasFiles)) {
            $found = @()
            try {
                $found = $library.Diagnose($lines.ToString(), $time, $Redact)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'StatusNotRead' -Category InvalidData))
            }
            $found
        }
    }
}

function Get-ErrorGuide {
    <#
    .SYNOPSIS
    Gets the guides that walk through a scenario.

    .DESCRIPTION
    Tells what must hold, what to check, what to do and what to collect when a process fails as a whole, such as Microsoft Entra
    hybrid join.

    .PARAMETER Scenario
    The scenario; without it, the guides of all.

    .PARAMETER Phase
    The sections of this phase alone.

    .INPUTS
    System.String

    .OUTPUTS
    Hexplain.Guide

    .EXAMPLE
    Get-ErrorGuide

    Gets all guides.

    .EXAMPLE
    (Get-ErrorGuide hybrid-join -Phase join).Sections

    Gets what belongs to one phase of hybrid join.

    .EXAMPLE
    (Get-ErrorGuide windows-365).Sections.Endpoints | Sort-Object -Property Host -Unique

    Lists the hosts that must be reachable.

    .LINK
    ConvertFrom-DsregStatus
    #>
    [CmdletBinding()]
    [OutputType('Hexplain.Guide')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true)]
        [string[]] $Scenario,

        [string] $Phase
    )
    begin {
        $library = Open-Library -Command $PSCmdlet
    }
    process {
        $wanted = $Scenario
        # Without the parameter, all; an empty name is none.
        if (-not $PSBoundParameters.ContainsKey('Scenario')) { $wanted = @($null) }
        foreach ($one in $wanted) {
            $found = @()
            try {
                if ('' -eq $one) {
                    throw (New-Object -TypeName Hexplain.HexplainException -ArgumentList 'The name of the scenario is empty; leave it out for all guides.')
                }
                $found = $library.Guides($one, $Phase)
            } catch {
                $PSCmdlet.WriteError((ConvertTo-ErrorRecord -Caught $_ -Id 'GuideNotFound' -Category ObjectNotFound -Target $one))
            }
            $found
        }
    }
}

# The words that begin as what was typed; none where the library cannot be loaded, since a completion tells no errors.
function Get-Completion {
    param(
        [string] $Property,
        [string] $Typed
    )
    try {
        $words = [Hexplain.Library]::OpenModule($PSScriptRoot).$Property
    } catch {
        $words = @()
    }
    $start = $Typed.Trim([char[]] @("'", '"'))
    foreach ($word in $words) {
        if ($word.StartsWith($start, [System.StringComparison]::OrdinalIgnoreCase)) {
            New-Object -TypeName System.Management.Automation.CompletionResult -ArgumentList $word, $word, 'ParameterValue', $word
        }
    }
}

Register-ArgumentCompleter -CommandName 'Resolve-ErrorCode', 'Find-ErrorCode', 'Select-ErrorCode' -ParameterName Family -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    Get-Completion -Property 'Families' -Typed $wordToComplete
}
Register-ArgumentCompleter -CommandName 'Resolve-ErrorCode', 'Get-ErrorGuide' -ParameterName Scenario -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    Get-Completion -Property 'Scenarios' -Typed $wordToComplete
}
Register-ArgumentCompleter -CommandName 'Resolve-ErrorCode', 'Get-ErrorGuide' -ParameterName Phase -ScriptBlock {
    param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
    Get-Completion -Property 'Phases' -Typed $wordToComplete
}

Export-ModuleMember -Function 'Resolve-ErrorCode', 'Find-ErrorCode', 'Select-ErrorCode', 'ConvertFrom-DsregStatus', 'Get-ErrorGuide'
