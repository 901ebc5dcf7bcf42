@{
    RootModule           = 'Hexplain.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '3c0a7f5e-8a41-4d0e-9d53-0f6b3d6c2b17'
    Author               = 'The hexplain developers'
    CompanyName          = 'The hexplain developers'
    Copyright            = '(c) The hexplain developers. MIT OR Apache-2.0.'
    Description          = 'Explains Windows and Microsoft Entra error codes: name, phase, reason and resolution, offline. Reads numbers, messages, error records, logs and the output of dsregcmd /status.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    # .NET Framework 4.5 has all that Hexplain.cs uses.
    DotNetFrameworkVersion = '4.5'
    FormatsToProcess     = @('Hexplain.format.ps1xml')
    FunctionsToExport    = @('Resolve-ErrorCode', 'Find-ErrorCode', 'Select-ErrorCode', 'ConvertFrom-DsregStatus', 'Get-ErrorGuide')
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('hresult', 'ntstatus', 'win32', 'aadsts', 'entra', 'dsregcmd', 'error', 'diagnostics', 'Windows', 'Linux', 'PSEdition_Desktop', 'PSEdition_Core')
            ProjectUri = 'https://github.com/hexplain/hexplain'
            LicenseUri = 'https://github.com/hexplain/hexplain/blob/main/LICENSE-MIT'
        }
    }
}
