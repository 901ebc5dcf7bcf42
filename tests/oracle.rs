//! The oracle: what the documents say, beside what the tables say.
//!
//! The lists below are written by hand, by reading the documents, and not from the tables of `data/`; so they catch
//! what the table compiler cannot: a row that nobody entered, a figure that was mistyped, advice under the wrong
//! phase, a fact that got lost on the way. They hold every code and every named condition of
//!
//! - Troubleshooting hybrid Azure Active Directory joined devices, 2019-11-21,
//! - Troubleshoot Microsoft Entra hybrid joined devices, 2024-11-25,
//! - Azure AD Connect: Troubleshoot connectivity issues, 2016-06-27,
//! - Troubleshoot domain-join with Microsoft Entra Domain Services, 2024-12-03,
//! - Troubleshoot Azure network connections (Windows 365), 2024-08-22,
//!
//! as printed there, with each scenario and phase in which they are explained. Where a document is known to be wrong,
//! the corrected value stands here and a comment says so. Every test lists all its faults at once.

use std::collections::BTreeSet;
use std::fmt::Display;

use hexplain::{
    Advice, Basis, Code, Confidence, Entry, Event, Family, Guide, Hint, Hresult, Link, Phase, Retry, Scenario, explain,
    explain_each, lookup, lookup_all, lookup_id, lookup_symbol,
};

/// Where a document explains something.
type Place = (Scenario, Option<Phase>);

const HYBRID_JOIN: Place = (Scenario::HybridJoin, None);
const DISCOVER: Place = (Scenario::HybridJoin, Some(Phase::Discover));
const AUTHENTICATION: Place = (Scenario::HybridJoin, Some(Phase::Authentication));
const JOIN: Place = (Scenario::HybridJoin, Some(Phase::Join));
const POST_JOIN: Place = (Scenario::HybridJoin, Some(Phase::PostJoin));
const CONNECT: Place = (Scenario::EntraConnect, Some(Phase::Connect));
/// The sign-in assistant of old releases, which belongs to no page of the wizard.
const OLD_RELEASES: Place = (Scenario::EntraConnect, None);
const CONNECTIVITY: Place = (Scenario::DomainServices, Some(Phase::Connectivity));
const WINDOWS_365: Place = (Scenario::Windows365, None);

/// A code as a document prints it.
struct Printed {
    family: Family,
    /// Empty where the document prints none.
    hex: &'static str,
    decimal: &'static str,
    /// The symbol, or the line of text where the document has no symbol.
    text: &'static str,
    places: &'static [Place],
}

impl Printed {
    fn value(&self) -> u32 {
        match self.hex.strip_prefix("0x") {
            Some(digits) => u32::from_str_radix(digits, 16).expect("the list has hexadecimal digits behind 0x"),
            None => self.decimal.parse().expect("the list has a decimal where it has no hexadecimal number"),
        }
    }

    fn entry(&self) -> Option<Entry> {
        lookup(Code::new(self.family, self.value()))
    }

    fn has_symbol(&self) -> bool {
        !self.text.contains(' ')
    }
}

const fn hresult(hex: &'static str, decimal: &'static str, text: &'static str, places: &'static [Place]) -> Printed {
    Printed { family: Family::Hresult, hex, decimal, text, places }
}

const fn ntstatus(hex: &'static str, decimal: &'static str, text: &'static str) -> Printed {
    Printed { family: Family::NtStatus, hex, decimal, text, places: &[POST_JOIN] }
}

const fn number(family: Family, decimal: &'static str, text: &'static str, places: &'static [Place]) -> Printed {
    Printed { family, hex: "", decimal, text, places }
}

/// Every code that the documents give reasons or resolutions for.
const CODES: &[Printed] = &[
    // Discover: common error codes. The first is an error of the join phase too.
    hresult("0x801c001d", "-2145648611", "DSREG_AUTOJOIN_ADCONFIG_READ_FAILED", &[DISCOVER, JOIN]),
    hresult("0x801c0021", "-2145648607", "DSREG_AUTOJOIN_DISC_FAILED", &[DISCOVER]),
    hresult("0x801c001f", "-2145648609", "DSREG_AUTOJOIN_DISC_WAIT_TIMEOUT", &[DISCOVER]),
    // The document of 2019 prints 0x801c0021/-2145648611, which are two other codes; that of 2024 is right.
    hresult("0x801c003d", "-2145648579", "DSREG_AUTOJOIN_USERREALM_DISCOVERY_FAILED", &[DISCOVER]),
    // Discover: network errors. The time-out is one of the join phase too.
    hresult("0x80072efd", "-2147012867", "WININET_E_CANNOT_CONNECT", &[DISCOVER]),
    hresult("0x80072ee2", "-2147012894", "WININET_E_TIMEOUT", &[DISCOVER, JOIN]),
    hresult("0x80072f8f", "-2147012721", "WININET_E_DECODING_FAILED", &[DISCOVER]),
    // Discover: HTTP and other errors.
    hresult("0x801c003a", "-2145648582", "DSREG_DISCOVERY_TENANT_NOT_FOUND", &[DISCOVER]),
    hresult("0x801c0025", "-2145648603", "DSREG_SERVER_BUSY", &[DISCOVER]),
    hresult("0x8007000d", "-2147024883", "E_INVALIDDATA", &[DISCOVER]),
    // Authentication: configuration errors.
    hresult("0xcaa90017", "-894894057", "ERROR_ADAL_PROTOCOL_NOT_SUPPORTED", &[AUTHENTICATION]),
    hresult("0xcaa9002c", "-894894036", "ERROR_ADAL_FAILED_TO_PARSE_XML", &[AUTHENTICATION]),
    hresult("0xcaa90023", "-894894045", "ERROR_ADAL_COULDNOT_DISCOVER_USERNAME_PASSWORD_ENDPOINT", &[AUTHENTICATION]),
    // Authentication: network errors.
    hresult("0xcaa82ee2", "-894947614", "ERROR_ADAL_INTERNET_TIMEOUT", &[AUTHENTICATION]),
    hresult("0xcaa82efe", "-894947586", "ERROR_ADAL_INTERNET_CONNECTION_ABORTED", &[AUTHENTICATION]),
    hresult("0xcaa82f8f", "-894947441", "ERROR_ADAL_INTERNET_SECURE_FAILURE", &[AUTHENTICATION]),
    hresult("0xcaa82efd", "-894947587", "ERROR_ADAL_INTERNET_CANNOT_CONNECT", &[AUTHENTICATION]),
    // Authentication: other errors.
    hresult("0xcaa20003", "-895352829", "ERROR_ADAL_SERVER_ERROR_INVALID_GRANT", &[AUTHENTICATION]),
    hresult("0xcaa90014", "-894894060", "ERROR_ADAL_WSTRUST_REQUEST_SECURITYTOKEN_FAILED", &[AUTHENTICATION]),
    hresult("0xcaa90006", "-894894074", "ERROR_ADAL_WSTRUST_TOKEN_REQUEST_FAIL", &[AUTHENTICATION]),
    hresult("0xcaa1002d", "-895418323", "ERROR_ADAL_OPERATION_PENDING", &[AUTHENTICATION]),
    // Join: errors of the registration service.
    hresult("0x801c03f2", "-2145647630", "DSREG_E_DIRECTORY_FAILURE", &[JOIN]),
    hresult("0x801c0002", "-2145648638", "DSREG_E_DEVICE_AUTHENTICATION_ERROR", &[JOIN]),
    hresult("0x801c0006", "-2145648634", "DSREG_E_DEVICE_INTERNALSERVICE_ERROR", &[JOIN]),
    // Join: TPM errors.
    hresult("0x80090016", "-2146893802", "NTE_BAD_KEYSET", &[JOIN]),
    hresult("0x80290407", "-2144795641", "TPM_E_PCP_INTERNAL_ERROR", &[JOIN]),
    hresult("0x80280036", "-2144862154", "TPM_E_NOTFIPS", &[JOIN]),
    hresult("0x80090031", "-2146893775", "NTE_AUTHENTICATION_IGNORED", &[JOIN]),
    // Join: network errors, beside the time-out above.
    hresult("0x80072ee7", "-2147012889", "WININET_E_NAME_NOT_RESOLVED", &[JOIN]),
    hresult("0x80072efe", "-2147012866", "WININET_E_CONNECTION_ABORTED", &[JOIN]),
    // Join: what event 220 may carry beside 0x801c001d.
    number(Family::Win32, "1312", "ERROR_NO_SUCH_LOGON_SESSION", &[JOIN]),
    number(Family::Win32, "1317", "ERROR_NO_SUCH_USER", &[JOIN]),
    // Join: in the server's message of a sync join.
    number(Family::Aadsts, "90002", "AADSTS90002: Tenant <UUID> not found.", &[JOIN]),
    // Post-join: the codes of a Primary Refresh Token.
    ntstatus("0xc000006d", "-1073741715", "STATUS_LOGON_FAILURE"),
    ntstatus("0xc000006a", "-1073741718", "STATUS_WRONG_PASSWORD"),
    ntstatus("0xc00000d0", "-1073741616", "STATUS_REQUEST_NOT_ACCEPTED"),
    ntstatus("0xc000023c", "-1073741252", "STATUS_NETWORK_UNREACHABLE"),
    ntstatus("0xc00000be", "-1073741634", "STATUS_BAD_NETWORK_PATH"),
    ntstatus("0xc00000c4", "-1073741628", "STATUS_UNEXPECTED_NETWORK_ERROR"),
    ntstatus("0xc000005f", "-1073741729", "STATUS_NO_SUCH_LOGON_SESSION"),
    ntstatus("0xc004844c", "-1073445812", "AAD_CLOUDAP_E_OAUTH_USERNAME_IS_MALFORMED"),
    ntstatus("0xc0048442", "-1073445822", "AAD_CLOUDAP_E_OAUTH_USER_SID_IS_EMPTY"),
    // The document of 2024 prints two minus signs.
    ntstatus("0xc00484c1", "-1073445695", "AAD_CLOUDAP_E_WSTRUST_SAML_TOKENS_ARE_EMPTY"),
    ntstatus("0xc004848b", "-1073445749", "AAD_CLOUDAP_E_HTTP_PASSWORD_URI_IS_EMPTY"),
    ntstatus("0xc004848C", "-1073445748", "AAD_CLOUDAP_E_HTTP_CERTIFICATE_URI_IS_EMPTY"),
    hresult("0xc00cee4f", "-1072894385", "WC_E_DTDPROHIBITED", &[POST_JOIN]),
    // Post-join: common server error codes.
    number(Family::Aadsts, "50155", "AADSTS50155: Device authentication failed", &[POST_JOIN]),
    number(
        Family::Aadsts,
        "50034",
        "AADSTS50034: The user account `Account` does not exist in the `tenant id` directory",
        &[POST_JOIN],
    ),
    number(
        Family::Aadsts,
        "50126",
        "AADSTS50126: Error validating credentials due to invalid username or password.",
        &[POST_JOIN],
    ),
    // Post-join: common network error codes.
    number(Family::WinHttp, "12002", "ERROR_WINHTTP_TIMEOUT", &[POST_JOIN]),
    number(Family::WinHttp, "12007", "ERROR_WINHTTP_NAME_NOT_RESOLVED", &[POST_JOIN]),
    number(Family::WinHttp, "12029", "ERROR_WINHTTP_CANNOT_CONNECT", &[POST_JOIN]),
    number(Family::WinHttp, "12030", "ERROR_WINHTTP_CONNECTION_ERROR", &[POST_JOIN]),
    // Entra Connect: what the proxy answers.
    number(Family::Http, "403", "HTTP 403 Forbidden", &[CONNECT]),
    number(Family::Http, "407", "HTTP 407 Proxy Authentication Required", &[CONNECT]),
];

/// HTTP statuses that the documents mention and do not explain.
const MENTIONED_STATUSES: [u32; 3] = [200, 400, 503];

/// A condition: its label and its messages as printed, or with a made-up GUID for a placeholder.
struct Named {
    label: &'static str,
    slug: &'static str,
    messages: &'static [&'static str],
    place: Place,
}

const fn named(label: &'static str, slug: &'static str, place: Place) -> Named {
    Named { label, slug, messages: &[], place }
}

/// Every failure that has a name or a message and no number.
const CONDITIONS: &[Named] = &[
    // Hybrid join: federated and sync join server errors.
    Named {
        label: "DirectoryError",
        slug: "drs/directory-error/throttled",
        messages: &["Your request is throttled temporarily. Please try after 300 seconds."],
        place: JOIN,
    },
    // `may` is of 2019, `might` of 2024.
    Named {
        label: "DirectoryError",
        slug: "drs/directory-error/tenant-not-found",
        messages: &[
            "AADSTS90002: Tenant 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 not found. This error may happen if there are no \
             active subscriptions for the tenant. Check with your subscription administrator.",
            "AADSTS90002: Tenant 0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9 not found. This error might happen if there are \
             no active subscriptions for the tenant. Check with your subscription administrator.",
        ],
        place: JOIN,
    },
    // The service logs `is not`; the document of 2024 has `isn't` in places.
    Named {
        label: "DirectoryError",
        slug: "drs/directory-error/device-not-found",
        messages: &[
            "The device object by the given id (0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9) is not found.",
            "The device object by the given id (0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9) isn't found.",
            "The device object by the given ID is not found.",
            "The device object by the given ID isn't found.",
        ],
        place: JOIN,
    },
    Named {
        label: "AuthenticationError",
        slug: "drs/authentication-error/computer-sid",
        messages: &["The verification of the target computer's SID"],
        place: JOIN,
    },
    named("DeviceNotFound", "drs/authentication-error/device-not-found", JOIN),
    // Hybrid join: the server error code of a failed PRT attempt.
    named("invalid_grant", "oauth/invalid-grant", POST_JOIN),
    // Entra Connect: errors in the wizard.
    named("The installation wizard has not been correctly configured", "entra-connect/wizard-not-configured", CONNECT),
    named("The MFA endpoint cannot be reached", "entra-connect/mfa-endpoint-unreachable", CONNECT),
    named("The password cannot be verified", "entra-connect/password-not-verified", CONNECT),
    // Entra Connect: what PowerShell says without the proxy.
    Named {
        label: "Unable to connect to the remote server",
        slug: "entra-connect/unable-to-connect",
        messages: &["Unable to connect to the remote server"],
        place: CONNECT,
    },
    // Entra Connect: authentication errors.
    named("Invalid Grant", "entra-connect/invalid-grant", CONNECT),
    named("Unknown User Type", "entra-connect/unknown-user-type", CONNECT),
    named("User Realm Discovery Failed", "entra-connect/user-realm-discovery-failed", CONNECT),
    named("User Password Expired", "entra-connect/user-password-expired", CONNECT),
    named("AuthorizationFailure", "entra-connect/authorization-failure", CONNECT),
    named("Authentication Cancelled", "entra-connect/authentication-cancelled", CONNECT),
    named("ConnectToMSOnline", "entra-connect/connect-to-msonline", CONNECT),
    named("AzureRoleMissing", "entra-connect/azure-role-missing", CONNECT),
    named("PrivilegedIdentityManagement", "entra-connect/privileged-identity-management", CONNECT),
    named("CompanyInfoUnavailable", "entra-connect/company-info-unavailable", CONNECT),
    named("RetrieveDomains", "entra-connect/retrieve-domains", CONNECT),
    // Entra Connect: previous releases.
    named(
        "The Sign-in assistant has not been correctly configured",
        "entra-connect/sign-in-assistant-not-configured",
        OLD_RELEASES,
    ),
    // Domain Services.
    named("AADDS001", "domain-services/aadds001", CONNECTIVITY),
    // Windows 365: the checks of an Azure network connection.
    named("Active Directory domain join", "windows-365/active-directory-domain-join", WINDOWS_365),
    named("Microsoft Entra device Sync", "windows-365/entra-device-sync", WINDOWS_365),
    named("Azure subnet IP address range usage", "windows-365/subnet-ip-usage", WINDOWS_365),
    named("Azure tenant readiness", "windows-365/tenant-readiness", WINDOWS_365),
    named("Azure virtual network readiness", "windows-365/virtual-network-readiness", WINDOWS_365),
    named("DNS can resolve Active Directory domain", "windows-365/dns-resolution", WINDOWS_365),
    named("Endpoint connectivity", "windows-365/endpoint-connectivity", WINDOWS_365),
    named("Environment and configuration are ready", "windows-365/environment-ready", WINDOWS_365),
    named("First party app permissions", "windows-365/first-party-app-permissions", WINDOWS_365),
];

const REGISTRATION_LOG: &str = "Microsoft-Windows-User Device Registration/Admin";
const ANALYTIC_LOG: &str = "Microsoft-Windows-AAD/Analytic";
const OPERATIONAL_LOG: &str = "Microsoft-Windows-AAD/Operational";

/// Every event id, its log, and where the document tells to look for it.
const EVENTS: &[(u32, &str, &[Place])] = &[
    (201, REGISTRATION_LOG, &[DISCOVER]),
    (204, REGISTRATION_LOG, &[JOIN]),
    (220, REGISTRATION_LOG, &[JOIN]),
    (304, REGISTRATION_LOG, &[HYBRID_JOIN]),
    (305, REGISTRATION_LOG, &[HYBRID_JOIN, AUTHENTICATION]),
    (307, REGISTRATION_LOG, &[HYBRID_JOIN]),
    (1006, ANALYTIC_LOG, &[POST_JOIN]),
    (1007, ANALYTIC_LOG, &[POST_JOIN]),
    (1022, ANALYTIC_LOG, &[POST_JOIN]),
    (1144, ANALYTIC_LOG, &[POST_JOIN]),
    (1081, OPERATIONAL_LOG, &[POST_JOIN]),
    (1084, OPERATIONAL_LOG, &[POST_JOIN]),
    (1088, OPERATIONAL_LOG, &[POST_JOIN]),
];

/// What the documents say passes by itself, or after a wait.
const RETRIES: &[(&str, Place, Retry)] = &[
    ("condition:drs/directory-error/throttled", JOIN, Retry::After { seconds: 300 }),
    // The sync has to finish first.
    ("condition:drs/directory-error/device-not-found", JOIN, Retry::Later),
    ("condition:drs/authentication-error/computer-sid", JOIN, Retry::Later),
    ("aadsts:AADSTS50126", POST_JOIN, Retry::Later),
    // The server comes back, the TPM cools down, replication catches up.
    ("hresult:0x801C0025", DISCOVER, Retry::Later),
    ("hresult:0x80090031", JOIN, Retry::Later),
    ("hresult:0x801C001D", JOIN, Retry::Later),
    ("win32:1312", JOIN, Retry::Later),
    ("win32:1317", JOIN, Retry::Later),
    // Try again after a while, or from a stable network.
    ("hresult:0x80072EFE", JOIN, Retry::Later),
    ("hresult:0xCAA82EFE", AUTHENTICATION, Retry::Later),
    ("hresult:0xCAA82F8F", AUTHENTICATION, Retry::Later),
    // The checks are to be run again.
    ("condition:windows-365/environment-ready", WINDOWS_365, Retry::Later),
];

/// The events that the resolution of a code tells to read.
const EVENTS_TO_READ: &[(&str, Place, &[u32])] = &[
    ("hresult:0x801C001D", JOIN, &[220]),
    ("ntstatus:0xC000006D", POST_JOIN, &[1081, 1088, 1022]),
    ("ntstatus:0xC000006A", POST_JOIN, &[1081, 1088, 1022]),
    ("ntstatus:0xC00000D0", POST_JOIN, &[1081, 1088, 1022]),
    ("ntstatus:0xC000023C", POST_JOIN, &[1081, 1088, 1022, 1084]),
    ("ntstatus:0xC00000BE", POST_JOIN, &[1081, 1088, 1022, 1084]),
    ("ntstatus:0xC00000C4", POST_JOIN, &[1081, 1088, 1022, 1084]),
    ("ntstatus:0xC000005F", POST_JOIN, &[1144]),
    ("ntstatus:0xC004844C", POST_JOIN, &[1144]),
    ("ntstatus:0xC00484C1", POST_JOIN, &[1088]),
    ("hresult:0xC00CEE4F", POST_JOIN, &[1022]),
    ("aadsts:AADSTS50034", POST_JOIN, &[1144]),
    ("winhttp:12002", POST_JOIN, &[1022, 1084]),
    ("winhttp:12007", POST_JOIN, &[1022, 1084]),
    ("winhttp:12029", POST_JOIN, &[1022, 1084]),
    ("winhttp:12030", POST_JOIN, &[1022, 1084]),
];

/// What the proxy must let through for Entra Connect, at the least.
const ENTRA_CONNECT_ENDPOINTS: [(&str, &str, u16); 6] = [
    ("http", "mscrl.microsoft.com", 80),
    ("http", "*.verisign.com", 80),
    ("http", "*.entrust.com", 80),
    ("https", "*.windows.net", 443),
    ("https", "secure.aadcdn.microsoftonline-p.com", 443),
    ("https", "*.microsoftonline.com", 443),
];

/// Facts that the guide of hybrid join must tell: fields, figures, commands, addresses, files.
const HYBRID_JOIN_FACTS: &[&str] = &[
    // What it is for, and on which versions.
    "November 2015",
    "Windows Server 2016",
    "Conditional Access",
    "Enterprise state roaming",
    "Windows Hello for Business",
    "dsregtool",
    // The join status.
    "dsregcmd /status",
    "DomainJoined",
    "WorkplaceJoined",
    "AzureAdJoined",
    "1607",
    // The phase and the error code.
    "1803",
    "Diagnostic Data",
    "Previous Registration",
    "Error Phase",
    "Client ErrorCode",
    "Applications and Services Log",
    "Microsoft-Windows-User Device Registration/Admin",
    "event 304",
    "event 305",
    "event 307",
    // Precheck and discover.
    "line of sight",
    "VPN",
    "SCP",
    "verified domain",
    "https://enterpriseregistration.windows.net",
    "https://login.microsoftonline.com",
    "SYSTEM",
    "computer account",
    "outbound proxy",
    "1809",
    "managed",
    "federated",
    "DRS Discovery Test",
    "event 201",
    "HTTP 503",
    "HTTP 200",
    "JSON",
    "how-to-hybrid-join#prerequisites",
    "hybrid-join-manual#configure-a-service-connection-point",
    // Authentication.
    "Integrated Windows Authentication",
    "WS-Trust",
    "MEX",
    "SAML",
    "ADAL",
    "TLS",
    "assertion",
    "hybrid-join-manual#set-up-issuance-of-claims",
    // Join.
    "Registration Type",
    "event 204",
    "event 220",
    "1312",
    "1317",
    "replication",
    "sysprep",
    "WAM",
    "FIPS",
    "BIOS",
    "300 seconds",
    "AADSTS90002",
    "DirectoryError",
    "AuthenticationError",
    "DeviceNotFound",
    "certificate",
    "tpm-fundamentals#anti-hammering",
    // Logs of a failed join.
    "https://cesdiagtools.blob.core.windows.net/windows/Auth.zip",
    r"c:\temp",
    r".\start-auth.ps1 -v -accepteula",
    r".\stop-auth.ps1",
    "Switch Account",
    "Authlogs",
    // Post-join: the state of the PRT.
    "SSO state",
    "AzureAdPrt",
    "AzureAdPrtUpdateTime",
    "four hours",
    "WamDefaultSet",
    "KeySignTest",
    "21H1",
    "Attempt Status",
    "diagnostic-logging-troubleshoot-workplace-join-issues",
    "Microsoft-Windows-AAD/Operational",
    "Microsoft-Windows-AAD/Analytic",
    "event 1006",
    "event 1007",
    "event 1022",
    "event 1081",
    "event 1084",
    "event 1088",
    "event 1144",
    // Post-join: the codes.
    "HTTP 400",
    "jdoe@contoso.local",
    "Alternate Login ID",
    "configuring-alternate-login-id",
    "RFC 822",
    "https://www.ietf.org/rfc/rfc0822.txt",
    "whoami /upn",
    "LoginUI",
    "ID token",
    "DTD",
    "AADSTS50155",
    "AADSTS50034",
    "AADSTS50126",
    "password hash sync",
    "winhttp/error-messages",
    // Post-join: what to collect.
    "https://aka.ms/icesdptool",
    ".cab",
    "Fiddler",
    r"%LOCALAPPDATA%\ElevatedDiagnostics",
    "netsh trace start scenario=internetClient_dbg capture=yes persistent=yes",
    "netsh trace stop",
    "a minute",
    "nettrace.cab",
    // Known issue and further reading.
    "Access Work or School",
    "hotspot",
    "troubleshoot-device-dsregcmd",
    "system-error-code-lookup-tool",
    "troubleshoot-hybrid-join-windows-legacy",
];

/// Facts that the guide of Entra Connect must tell.
const ENTRA_CONNECT_FACTS: &[&str] = &[
    // How it connects, and through which proxy.
    "ADAL",
    ".NET",
    "machine.config",
    "miiserver.exe.config",
    "upgrade",
    "fabrikamproxy",
    "8080",
    "URLs and IP address ranges",
    "password writeback",
    "Connect Health",
    "CRL",
    "MFA",
    // The wizard.
    "Connect to Azure AD",
    "Configure",
    "global admin",
    "https://secure.aadcdn.microsoftonline-p.com",
    "temporary",
    "https://login.microsoftonline.com",
    // The proxy test.
    "Invoke-WebRequest -Uri https://adminwebservice.microsoftonline.com/ProvisioningService.svc",
    "winhttp",
    "netsh",
    "Unable to connect to the remote server",
    "DNS",
    "http:403",
    "Forbidden",
    "http:407",
    "Proxy Authentication Required",
    "domain account",
    // What a good connection looks like, and what to ignore in it.
    "https://dc.services.visualstudio.com",
    "nsatc.net",
    "adminwebservice.microsoftonline.com",
    "provisioningapi.microsoftonline.com",
    "login.windows.net",
    "bba800-anchor",
    "bba900-anchor",
    "bwsc02-relay",
    "region",
    "Initial Sync",
    // Authentication errors and old releases.
    "verified",
    "Privileged Identity Management",
    "1.1.105.0",
    "February 2016",
    "sign-in assistant",
];

/// Facts that the guide of Domain Services must tell.
const DOMAIN_SERVICES_FACTS: &[&str] = &[
    // Which of the two problems it is.
    "prompt",
    "authentication",
    // Connectivity.
    "virtual network",
    "peer",
    "VPN",
    "Connected",
    "ping aaddscontoso.com",
    "ping 10.0.0.4",
    "overview",
    "DNS server",
    "ipconfig /flushdns",
    "tutorial-create-instance#update-dns-settings-for-the-azure-virtual-network",
    // Network security groups.
    "network security group",
    "password sync",
    "Azure portal",
    "health",
    "AADDS001",
    "ports",
    "2 hours",
    "network-considerations#network-security-groups-and-required-ports",
    // Credentials.
    "UPN",
    "dee@contoso.onmicrosoft.com",
    "SAMAccountName",
    "prefix",
    "tutorial-create-instance#enable-user-accounts-for-azure-ad-ds",
    // Further help.
    "cc961817",
    "how-to-get-support",
];

/// Facts that the guide of Windows 365 must tell.
const WINDOWS_365_FACTS: &[&str] = &[
    "Intune admin center",
    // Active Directory domain join.
    "CPC-Hth",
    "disabled",
    "organizational unit",
    "10 joins",
    "domain controller",
    "Add-Computer",
    "contoso.com",
    // Device sync.
    "MDM",
    "30 minutes",
    "60 minutes",
    "90 minutes",
    "Microsoft Entra Connect",
    // Subnet.
    "vNIC",
    "three",
    "hours",
    "disaster recovery",
    "CanNotDelete",
    "resource group",
    // Tenant and virtual network.
    "billing",
    "polic",
    "supported region",
    "/windows-365/enterprise/requirements",
    // DNS.
    "contoso.local",
    "nslookup",
    "_ldap._tcp",
    // Endpoints.
    "Azure Virtual Desktop",
    "requirements-network#allow-network-connectivity",
    "proxy",
    "firewall",
    "Unrestricted",
    "Group Policy",
    "microsoft.powershell.security/set-executionpolicy",
    // Environment and permissions.
    "support",
    "service principal",
    "Reader",
    "Windows365 Network Interface Contributor",
    "Windows365 Network User",
    "Roles (Classic)",
    "role-based access control",
    "rbac-and-directory-admin-roles#classic-subscription-administrator-roles",
    "built-in-roles#reader",
    "built-in-roles#network-contributor",
    "health-checks",
];

/// What is wrong, gathered so that one run tells all of it.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn expect(&mut self, holds: bool, what: impl Display) {
        if !holds {
            self.0.push(what.to_string());
        }
    }

    /// That the documents give an entry advice in just these places, and that each piece of any advice is whole.
    fn expect_advice(&mut self, entry: Entry, places: &[Place]) {
        let id = entry.id();
        let expected: BTreeSet<Place> = places.iter().copied().collect();
        let found: BTreeSet<Place> = entry.advice().filter(|&advice| is_of_the_documents(advice)).map(place).collect();
        self.expect(found == expected, format_args!("{id}: advice in {found:?}, not in {expected:?}"));
        for advice in entry.advice() {
            let mut texts = advice.reasons().chain(advice.resolutions());
            let whole = advice.reasons().count() > 0 && advice.resolutions().count() > 0;
            self.expect(whole, format_args!("{}: no reason or no resolution", advice.id()));
            self.expect(!texts.any(|text| text.trim().is_empty()), format_args!("{}: an empty text", advice.id()));
            let mut sources = advice.sources();
            let public = advice.sources().count() > 0 && sources.all(|source| source.url().starts_with("https://"));
            self.expect(public, format_args!("{}: no public source", advice.id()));
        }
    }

    fn assert_none(self) {
        assert!(self.0.is_empty(), "{} faults:\n{}", self.0.len(), self.0.join("\n"));
    }
}

/// Whether an advice rests on one of the five documents; others came later, from other pages.
fn is_of_the_documents(advice: Advice) -> bool {
    let documents = ["entra-hybrid-2024", "entra-hybrid-2019", "aad-connect-2016", "entra-ds-2024", "w365-anc-2024"];
    advice.sources().any(|source| documents.contains(&source.key()))
}

fn place(advice: Advice) -> Place {
    (advice.scenario(), advice.phase())
}

fn entries(input: &str) -> Vec<Entry> {
    explain(input).candidates().filter_map(|candidate| candidate.entry()).collect()
}

/// The entry that an input is read as before anything else.
fn first(input: &str) -> Option<Entry> {
    explain(input).candidates().next()?.entry()
}

fn advice_at(id: &str, at: Place) -> Option<Advice> {
    lookup_id(id)?.advice().find(|&advice| place(advice) == at)
}

#[test]
fn the_lists_are_whole() {
    let family = |family| CODES.iter().filter(|code| code.family == family).count();
    assert_eq!(family(Family::Hresult), 31);
    assert_eq!(family(Family::NtStatus), 12);
    assert_eq!(family(Family::Win32), 2);
    assert_eq!(family(Family::WinHttp), 4);
    assert_eq!(family(Family::Aadsts), 4);
    assert_eq!(family(Family::Http), 2);

    let prefix = |prefix| CODES.iter().filter(|code| code.text.starts_with(prefix)).count();
    assert_eq!(prefix("DSREG_"), 9);
    assert_eq!(prefix("ERROR_ADAL_"), 11);
    assert_eq!(prefix("WININET_E_"), 5);
    assert_eq!(prefix("TPM_E_") + prefix("NTE_"), 4);
    assert_eq!(prefix("E_INVALIDDATA") + prefix("WC_E_"), 2);
    assert_eq!(prefix("STATUS_"), 7);
    assert_eq!(prefix("AAD_CLOUDAP_E_"), 5);

    // A code of two phases counts in both.
    let at = |at| CODES.iter().filter(|code| code.places.contains(&at)).count();
    assert_eq!([DISCOVER, AUTHENTICATION, JOIN, POST_JOIN, CONNECT].map(at), [10, 11, 14, 20, 2]);

    let scenario = |scenario| CONDITIONS.iter().filter(|condition| condition.place.0 == scenario).count();
    assert_eq!(scenario(Scenario::HybridJoin), 6);
    assert_eq!(scenario(Scenario::EntraConnect), 16);
    assert_eq!(scenario(Scenario::DomainServices), 1);
    assert_eq!(scenario(Scenario::Windows365), 9);

    assert_eq!(EVENTS.len(), 13);
}

#[test]
fn every_code_has_its_name_and_its_decimal() {
    let mut faults = Faults::default();
    for code in CODES {
        let Some(entry) = code.entry() else {
            faults.expect(false, format_args!("{} {} {}: no entry", code.hex, code.decimal, code.text));
            continue;
        };
        let signed = entry.code().signed();
        faults
            .expect(signed.to_string() == code.decimal, format_args!("{}: {signed}, not {}", entry.id(), code.decimal));
        faults.expect(entry.source().url().starts_with("https://"), format_args!("{}: no public source", entry.id()));
        if code.has_symbol() {
            faults.expect(entry.name() == Some(code.text), format_args!("{}: not called {}", entry.id(), code.text));
            for symbol in [code.text.to_uppercase(), code.text.to_lowercase()] {
                let found = lookup_symbol(&symbol).any(|found| found == entry);
                faults.expect(found, format_args!("{}: not found as {symbol}", entry.id()));
            }
        }
    }
    faults.assert_none();
}

#[test]
fn every_code_is_explained_as_it_is_printed() {
    let mut faults = Faults::default();
    for code @ Printed { hex, decimal, text, .. } in CODES {
        let entry = code.entry();
        let mut alone = vec![(*text).to_owned()];
        if hex.is_empty() {
            // Families share bare numbers: the entry is one of the exact readings.
            for bare in [(*decimal).to_owned(), format!("({decimal})")] {
                let mut exact = explain(&bare).candidates().filter(|c| c.confidence() == Confidence::Exact);
                let found = exact.any(|candidate| candidate.entry() == entry);
                faults.expect(found, format_args!("`{bare}` is not read as {entry:?}"));
            }
        } else {
            alone.extend([(*hex).to_owned(), (*decimal).to_owned()]);
            alone.extend([format!("({hex}/{decimal})"), format!("({decimal}/ {hex})")]);
            alone.extend([format!("{text} ({hex}/{decimal})"), format!("{text} ({decimal}/ {hex})")]);
        }
        for input in alone {
            let found = first(&input);
            faults.expect(
                entry.is_some() && found == entry,
                format_args!("`{input}` is read as {found:?}, not {entry:?}"),
            );
        }
    }
    faults.assert_none();
}

#[test]
fn every_code_has_advice_where_the_documents_give_it_and_nowhere_else() {
    let mut faults = Faults::default();
    for code in CODES {
        match code.entry() {
            Some(entry) => faults.expect_advice(entry, code.places),
            None => faults.expect(false, format_args!("{} {}: no entry", code.decimal, code.text)),
        }
    }
    faults.assert_none();
}

#[test]
fn every_status_that_is_mentioned_is_known() {
    let mut faults = Faults::default();
    for status in MENTIONED_STATUSES {
        let entry = lookup(Code::new(Family::Http, status));
        faults.expect(entry.is_some_and(|entry| entry.name().is_some()), format_args!("HTTP {status}: no name"));
        faults
            .expect(first(&format!("HTTP {status}")) == entry, format_args!("`HTTP {status}`: read as something else"));
    }
    faults.assert_none();
}

#[test]
fn the_slips_of_the_documents_are_not_repeated() {
    let realm: Vec<u32> =
        lookup_symbol("DSREG_AUTOJOIN_USERREALM_DISCOVERY_FAILED").map(|e| e.code().value()).collect();
    assert_eq!(realm, [0x801C_003D]);

    // Both documents give 0x801C0006 the reason of 0x801C03F2.
    let internal = Hresult(0x801C_0006).entry().expect("0x801C0006 is in the catalogue");
    let doubtful = internal.advice().any(|advice| advice.basis() == Basis::Disputed);
    assert!(doubtful, "the reason of 0x801C0006 is not marked as doubtful");
}

#[test]
fn two_codes_in_one_bracket_are_both_explained() {
    let names: Vec<_> = explain_each("[0x801c0021/0x80072ee2]", Hint::default())
        .map(|explanation| explanation.candidates().next().and_then(|candidate| candidate.entry()?.name()))
        .collect();
    assert_eq!(names, [Some("DSREG_AUTOJOIN_DISC_FAILED"), Some("WININET_E_TIMEOUT")]);
}

#[test]
fn every_condition_is_found_by_its_label() {
    let mut faults = Faults::default();
    for Named { label, slug, place, .. } in CONDITIONS {
        let mut inputs = vec![(*label).to_owned(), label.to_uppercase()];
        // A heading that is a sentence is known as a message, which has its blanks.
        if !label.starts_with("The ") {
            inputs.push(label.replace([' ', '-', '_'], ""));
        }
        for input in inputs {
            let found = entries(&input).iter().any(|entry| entry.context() == Some(slug));
            faults.expect(found, format_args!("`{input}` is not read as {slug}"));
        }
        match lookup_id(&format!("condition:{slug}")) {
            Some(entry) => faults.expect_advice(entry, &[*place]),
            None => faults.expect(false, format_args!("{slug}: no such condition")),
        }
    }
    faults.assert_none();
}

#[test]
fn every_message_is_one_condition() {
    let mut faults = Faults::default();
    for Named { slug, messages, .. } in CONDITIONS {
        for message in *messages {
            let mut conditions = entries(message);
            conditions.retain(|entry| entry.family() == Family::Condition);
            let found: Vec<_> = conditions.iter().filter_map(|entry| entry.context()).collect();
            faults.expect(found == [*slug], format_args!("`{message}` is read as {found:?}, not {slug}"));
        }
    }
    faults.assert_none();
}

#[test]
fn every_event_is_known_with_its_log() {
    let mut faults = Faults::default();
    for &(id, channel, places) in EVENTS {
        for input in [format!("event {id}"), format!("Event ID {id}")] {
            let found = entries(&input).iter().any(|e| e.family() == Family::Event && e.context() == Some(channel));
            faults.expect(found, format_args!("`{input}` is not read as an event of {channel}"));
        }
        match lookup_all(Code::new(Family::Event, id)).find(|entry| entry.context() == Some(channel)) {
            Some(entry) => faults.expect_advice(entry, places),
            None => faults.expect(false, format_args!("event {id}: none in {channel}")),
        }
    }
    faults.assert_none();
}

#[test]
fn what_passes_by_itself_is_marked() {
    let mut faults = Faults::default();
    for &(id, at, retry) in RETRIES {
        let found = advice_at(id, at).map(Advice::retry);
        faults.expect(found == Some(retry), format_args!("{id} in {at:?}: {found:?}, not {retry:?}"));
    }
    faults.assert_none();
}

#[test]
fn resolutions_name_the_events_to_read() {
    let mut faults = Faults::default();
    for &(id, at, events) in EVENTS_TO_READ {
        let found: BTreeSet<u32> = advice_at(id, at).into_iter().flat_map(Advice::events).map(Event::id).collect();
        for event in events {
            faults.expect(found.contains(event), format_args!("{id} in {at:?}: event {event} is not among {found:?}"));
        }
    }
    faults.assert_none();
}

#[test]
fn the_guide_of_entra_connect_lists_its_endpoints() {
    let guide = Guide::of(Scenario::EntraConnect).expect("Entra Connect has a guide");
    let found: BTreeSet<_> = guide
        .sections()
        .flat_map(|section| section.endpoints().collect::<Vec<_>>())
        .map(|endpoint| (endpoint.scheme(), endpoint.host(), endpoint.port()))
        .collect();
    let mut faults = Faults::default();
    for endpoint in ENTRA_CONNECT_ENDPOINTS {
        faults.expect(found.contains(&endpoint), format_args!("{endpoint:?} is not among the endpoints"));
    }
    faults.assert_none();
}

#[test]
fn the_guides_lose_no_fact() {
    let mut faults = Faults::default();
    for (scenario, facts) in [
        (Scenario::HybridJoin, HYBRID_JOIN_FACTS),
        (Scenario::EntraConnect, ENTRA_CONNECT_FACTS),
        (Scenario::DomainServices, DOMAIN_SERVICES_FACTS),
        (Scenario::Windows365, WINDOWS_365_FACTS),
    ] {
        assert!(facts.len() >= 20, "{scenario}: too few facts");
        let text = text_of(scenario);
        for fact in facts {
            faults.expect(text.contains(&fact.to_lowercase()), format_args!("{scenario}: `{fact}` is nowhere"));
        }
    }
    faults.assert_none();
}

/// All that the guide of a scenario tells, its entries' advice included, in lower case and without backticks.
fn text_of(scenario: Scenario) -> String {
    let guide = Guide::of(scenario).expect("every scenario has a guide");
    let link = |link: Link| [link.title(), link.url()];
    let mut texts: Vec<String> = vec![guide.title().to_owned()];
    let mut add = |text: &str| texts.push(text.to_owned());
    for section in guide.sections() {
        add(section.title());
        section.applies_to().into_iter().chain(section.reasons()).chain(section.steps()).for_each(&mut add);
        section.links().flat_map(link).for_each(&mut add);
        for event in section.events() {
            add(&format!("event {} in {}: {}", event.id(), event.channel(), event.meaning()));
        }
        for endpoint in section.endpoints() {
            add(&format!("{}://{}:{} {}", endpoint.scheme(), endpoint.host(), endpoint.port(), endpoint.usage()));
        }
        for entry in section.entries() {
            add(&entry.id().to_string());
            entry.name().into_iter().chain(entry.messages()).for_each(&mut add);
            for advice in entry.advice().filter(|advice| advice.scenario() == scenario) {
                advice.reasons().chain(advice.resolutions()).chain(advice.endpoints()).for_each(&mut add);
                advice.applies_to().into_iter().for_each(&mut add);
                advice.links().flat_map(link).for_each(&mut add);
                for event in advice.events() {
                    add(&format!("event {} in {}", event.id(), event.channel()));
                }
            }
        }
    }
    texts.join("\n").replace('`', "").to_lowercase()
}
