# Pester 5 tests of what needs PowerShell: parameters, the pipeline, completion, views. MIT OR Apache-2.0.
#
# Invoke-Pester powershell/Hexplain.Tests.ps1, after powershell/build; HEXPLAIN_MODULE names a module elsewhere. What stands in
# Hexplain.cs is checked without PowerShell, by tests/Checks.cs.

BeforeAll {
    $module = $env:HEXPLAIN_MODULE
    if (-not $module) {
        $module = Join-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -ChildPath 'target/powershell/Hexplain/Hexplain.psd1'
    }
    Import-Module -Name $module -Force -ErrorAction Stop
}

Describe 'The module' {
    It 'exports its functions and nothing else' {
        (Get-Command -Module Hexplain | Sort-Object -Property Name).Name -join ' ' |
            Should -Be 'ConvertFrom-DsregStatus Find-ErrorCode Get-ErrorGuide Resolve-ErrorCode Select-ErrorCode'
    }
    It 'has approved verbs' {
        $verbs = (Get-Verb).Verb
        Get-Command -Module Hexplain | ForEach-Object { $_.Verb | Should -BeIn $verbs }
    }
    It 'has help with examples for <_>' -ForEach 'Resolve-ErrorCode', 'Find-ErrorCode', 'Select-ErrorCode', 'ConvertFrom-DsregStatus', 'Get-ErrorGuide' {
        $help = Get-Help -Name $_ -Full
        $help.Synopsis | Should -Match '\.$'
        @($help.examples.example).Count | Should -BeGreaterThan 1
        foreach ($parameter in $help.parameters.parameter) { $parameter.description | Should -Not -BeNullOrEmpty }
    }
    It 'is of the release of its library' {
        [Hexplain.Library]::ModuleVersion | Should -Be (Get-Module -Name Hexplain).Version.ToString()
    }
}

Describe 'Resolve-ErrorCode' {
    It 'gives one answer for <_>' -ForEach 0x80070005, 2147942405, ([uint32] 2147942405), ([uint64] 2147942405), '-2147024891', '0x80070005', 'E_ACCESSDENIED' {
        $codes = @(Resolve-ErrorCode $_)
        $codes.Count | Should -Be 1
        $codes[0].Id | Should -Be 'hresult:0x80070005'
        $codes[0].Name | Should -Be 'E_ACCESSDENIED'
    }
    It 'takes a negative number as an argument' {
        (Resolve-ErrorCode -2147024891).Name | Should -Be 'E_ACCESSDENIED'
    }
    It 'takes the pipeline' {
        (5, 'ERROR_FILE_NOT_FOUND' | Resolve-ErrorCode -Family win32).Name -join ' ' | Should -Be 'ERROR_ACCESS_DENIED ERROR_FILE_NOT_FOUND'
    }
    It 'takes an error record and an exception' {
        try { throw (New-Object -TypeName System.UnauthorizedAccessException -ArgumentList 'no') } catch { $record = $_ }
        ($record | Resolve-ErrorCode).Name | Should -Be 'E_ACCESSDENIED'
        (Resolve-ErrorCode $record.Exception).Name | Should -Be 'E_ACCESSDENIED'
    }
    It 'takes what a method threw, which PowerShell wraps' {
        try { [System.IO.File]::ReadAllText((Join-Path -Path $TestDrive -ChildPath 'missing')) } catch { $record = $_ }
        ($record | Resolve-ErrorCode)[0].Code | Should -Be '0x80070002'
    }
    It 'takes an exit code' {
        if ($env:OS -eq 'Windows_NT') { cmd.exe /c exit 5 } else { sh -c 'exit 5' }
        ($LASTEXITCODE | Resolve-ErrorCode -Family win32).Name | Should -Be 'ERROR_ACCESS_DENIED'
    }
    It 'limits the families' {
        (Resolve-ErrorCode 12007 -Family WinINet).Id | Should -Be 'wininet:12007'
    }
    It 'writes an error that does not end the pipeline' {
        $codes = 0x8123ABCD, 5 | Resolve-ErrorCode -Family win32 -ErrorVariable problems -ErrorAction SilentlyContinue
        $codes.Name | Should -Be 'ERROR_ACCESS_DENIED'
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -Be 'CodeNotFound,Resolve-ErrorCode'
        $problems[0].Exception.Message | Should -Match '^Nothing is known of .*\.$'
    }
    It 'writes an error for $null, and ends for no family' {
        $null | Resolve-ErrorCode -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.Message | Should -Match 'null; give a code'
        { 1, 5 | Resolve-ErrorCode -Family nope } | Should -Throw '*There is no family `nope`; write hresult, *'
    }
    It 'explains what Select-ErrorCode found' {
        ('failed, HRESULT = 0x80070005' | Select-ErrorCode | Resolve-ErrorCode).Name | Should -Be 'E_ACCESSDENIED'
    }
    It 'is shown with its advice' {
        $text = Resolve-ErrorCode 0x801c03f2 | Out-String
        $text | Should -Match 'DSREG_E_DIRECTORY_FAILURE'
        $text | Should -Match 'hybrid-join, phase join'
    }
}

Describe 'Find-ErrorCode' {
    It 'finds by words with and without quotes' {
        $found = Find-ErrorCode proxy authentication -First 5
        $found.Count | Should -Be 5
        (Find-ErrorCode 'proxy authentication' -First 5).Id -join ' ' | Should -Be ($found.Id -join ' ')
    }
    It 'limits the families' {
        (Find-ErrorCode password -Family aadsts).Family | Select-Object -Unique | Should -Be 'aadsts'
    }
}

Describe 'Select-ErrorCode' {
    BeforeAll {
        $log = Join-Path -Path $TestDrive -ChildPath 'app [1].log'
        [System.IO.File]::WriteAllText($log, "well`nZ$([char] 0xFC)rich failed, HRESULT = 0x80070005, exit code 1603`n")
    }
    It 'finds the codes of a file' {
        $found = @(Select-ErrorCode -LiteralPath $log)
        $found.Count | Should -Be 2
        $found[0].Path | Should -Be $log
        $found[0].LineNumber | Should -Be 2
        $found[0].Column | Should -Be 26
        $found[0].Name | Should -Be 'E_ACCESSDENIED'
        $found[0].Line | Should -Match "^Z$([char] 0xFC)rich failed"
    }
    It 'takes wildcards, files and lines' {
        @(Select-ErrorCode (Join-Path -Path $TestDrive -ChildPath '*.log')).Count | Should -Be 2
        @(Get-ChildItem -Path $TestDrive | Select-ErrorCode).Count | Should -Be 2
        $lines = @(Get-Content -LiteralPath $log -Encoding UTF8 | Select-ErrorCode)
        $lines.Count | Should -Be 2
        $lines[0].LineNumber | Should -Be 2
        $lines[0].Path | Should -Be 'InputStream'
    }
    It 'limits families and confidence' {
        (Select-ErrorCode -LiteralPath $log -Family win32).Code | Should -Be '1603'
        { Select-ErrorCode -LiteralPath $log -Family nope } | Should -Throw '*There is no family*'
    }
    It 'stops when no more is wanted' {
        @(Select-ErrorCode -LiteralPath $log | Select-Object -First 1).Count | Should -Be 1
    }
    It 'writes an error for a missing file and goes on' {
        $missing = Join-Path -Path $TestDrive -ChildPath 'missing.log'
        $found = @(Select-ErrorCode -LiteralPath $missing, $log -ErrorVariable problems -ErrorAction SilentlyContinue)
        $found.Count | Should -Be 2
        $problems[0].Exception.Message | Should -Match 'check its name'
    }
    It 'does not take an error of the next command for its own' {
        { Select-ErrorCode -LiteralPath $log | ForEach-Object { throw 'mine' } } | Should -Throw 'mine'
    }
}

Describe 'ConvertFrom-DsregStatus' {
    BeforeAll {
        $status = 'AzureAdJoined : NO', 'DomainJoined : YES', 'DomainName : CONTOSO', '', 'Error Phase : join', 'Client ErrorCode : 0x801c03f2'
        $file = Join-Path -Path $TestDrive -ChildPath 'status.txt'
        # As `>` writes in Windows PowerShell 5.1.
        $status | Out-File -LiteralPath $file -Encoding unicode
    }
    It 'takes the lines of the pipeline together' {
        $found = @($status | ConvertFrom-DsregStatus)
        $found.Count | Should -Be 1
        $found[0].JoinState | Should -Be 'domain-joined'
        $found[0].Findings[0].Codes[0].Name | Should -Be 'DSREG_E_DIRECTORY_FAILURE'
    }
    It 'takes files' {
        (ConvertFrom-DsregStatus $file).Path | Should -Be $file
        (ConvertFrom-DsregStatus -LiteralPath $file -Now (Get-Date) -Redact).Sections.Fields.Value | Should -Not -Contain 'CONTOSO'
    }
    It 'takes files of the pipeline' {
        $found = @(Get-Item -LiteralPath $file | ConvertFrom-DsregStatus)
        $found.Count | Should -Be 1
        $found[0].Path | Should -Be $file
    }
    It 'writes an error for another text' {
        'hello' | ConvertFrom-DsregStatus -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.Message | Should -Match '^The input holds no output'
    }
}

Describe 'Get-ErrorGuide' {
    It 'gets all guides, or one, or a phase' {
        @(Get-ErrorGuide).Count | Should -BeGreaterThan 3
        (Get-ErrorGuide windows-365).Scenario | Should -Be 'windows-365'
        (Get-ErrorGuide hybrid-join -Phase join).Sections.Phase | Select-Object -Unique | Should -Be 'join'
        ('windows-365', 'entra-connect' | Get-ErrorGuide).Count | Should -Be 2
    }
    It 'has none for an empty name' {
        @('' | Get-ErrorGuide -ErrorVariable problems -ErrorAction SilentlyContinue).Count | Should -Be 0
        $problems[0].Exception.Message | Should -Match 'leave it out for all guides'
    }
    It 'names the scenarios in its error' {
        Get-ErrorGuide nope -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].Exception.Message | Should -Match 'write hybrid-join, '
    }
}

Describe 'Completion' {
    It 'completes <_.Line>' -ForEach @(
        @{ Line = 'Resolve-ErrorCode 5 -Family wini'; Word = 'wininet' }
        @{ Line = 'Find-ErrorCode x -Family AADS'; Word = 'aadsts' }
        @{ Line = 'Select-ErrorCode -Family ntst'; Word = 'ntstatus' }
        @{ Line = 'Get-ErrorGuide -Scenario hyb'; Word = 'hybrid-join' }
        @{ Line = 'Get-ErrorGuide -Phase post'; Word = 'post-join' }
        @{ Line = 'Resolve-ErrorCode 5 -Scenario win'; Word = 'windows-365' }
    ) {
        $found = TabExpansion2 -inputScript $Line -cursorColumn $Line.Length
        $found.CompletionMatches.CompletionText | Should -Contain $Word
    }
}
