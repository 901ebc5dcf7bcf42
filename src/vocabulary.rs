//! The closed sets of words that the tables, the library and its output share.
//!
//! Written once, by hand, and taken in by the table compiler too, so that a word in `data/` and a word in the API
//! cannot drift apart. Every enum prints and parses the words of the command line's contract, and is
//! `#[non_exhaustive]`: a data release may bring a family, a scenario or a phase.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// The error of parsing a word of the vocabulary; it names the words there are.
///
/// ```
/// let error = "0x80070005".parse::<hexplain::Severity>().unwrap_err();
/// assert_eq!(error.to_string(), "There is no such severity; write success, info, warning or error.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownWord(&'static str);

impl core::fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.0)
    }
}

impl core::error::Error for UnknownWord {}

/// Writes an enum of words: how it prints and parses, and `ALL` in the order of the contract.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $unknown:literal { $($(#[$inner:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumString, IntoStaticStr, VariantArray)]
        #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
        #[strum(parse_err_ty = UnknownWord, parse_err_fn = $name::unknown)]
        #[non_exhaustive]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// All of them, in the order of the contract.
            pub const ALL: &'static [Self] = <Self as VariantArray>::VARIANTS;

            /// The word for it in tables, on the command line and in JSON.
            pub fn as_str(self) -> &'static str {
                self.into()
            }

            fn unknown(_word: &str) -> UnknownWord {
                UnknownWord($unknown)
            }
        }
    };
}

words! {
    /// What kind of code a number or name is: which registry gave it its meaning.
    ///
    /// The order is the one in which readings of a bare number are listed: what a person most likely means first.
    ///
    /// ```
    /// use hexplain::Family;
    /// assert_eq!(Family::NtStatus.as_str(), "ntstatus");
    /// assert_eq!("WinINet".parse(), Ok(Family::WinInet));
    /// ```
    Family, "There is no such family; write hresult, ntstatus, win32, winhttp, wininet, aadsts, http, ldap, kerberos, bugcheck, cm-problem, ese, wlan, configret, dns, tls-alert, rdp, rdp-extended, pdh, msi-action, msi-database, setup-phase, setup-operation, syncml, apple-mdm, intune-app, mmsys, tapi, mapi, condition or event." {
        /// An HRESULT: 32 bits of severity, facility and code. DSREG, ADAL, TPM and XmlLite codes are among them.
        #[strum(serialize = "hresult")]
        Hresult,
        /// An NTSTATUS: 32 bits of severity, facility and code. The Entra CloudAP plug-in's codes are among them.
        #[strum(serialize = "ntstatus")]
        NtStatus,
        /// A Win32 error, as `GetLastError` gives it and `net helpmsg` explains it.
        Win32,
        /// A WinHTTP error, 12000 to 12999: the service side's HTTP stack.
        #[strum(serialize = "winhttp")]
        WinHttp,
        /// A WinINet error, 12000 to 12999: the interactive side's HTTP stack, which shares numbers with WinHTTP.
        #[strum(serialize = "wininet")]
        WinInet,
        /// An error number of the Microsoft Entra security token service, five to seven digits.
        Aadsts,
        /// An HTTP status, 100 to 999.
        Http,
        /// An LDAP result code of RFC 4511, and the client library's own.
        Ldap,
        /// A Kerberos error of RFC 4120 and its extensions, `KDC_ERR_` and `KRB_AP_ERR_`.
        Kerberos,
        /// A bug check (stop code) of the blue screen.
        #[strum(serialize = "bugcheck")]
        BugCheck,
        /// A problem code of Device Manager.
        CmProblem,
        /// An error of the Extensible Storage Engine (JET), negative.
        Ese,
        /// A reason why a Wi-Fi connection failed.
        Wlan,
        /// A result of the configuration manager of Plug and Play.
        #[strum(serialize = "configret")]
        ConfigRet,
        /// A response code of DNS.
        Dns,
        /// An alert of TLS.
        TlsAlert,
        /// A disconnect reason of Remote Desktop.
        Rdp,
        /// An extended disconnect reason of Remote Desktop.
        RdpExtended,
        /// A status of the performance data helper.
        Pdh,
        /// The return value of a custom action in a Windows Installer log.
        MsiAction,
        /// An error of a Windows Installer database.
        MsiDatabase,
        /// The phase in the upper half of an extend code of Windows Setup.
        SetupPhase,
        /// The operation in the lower half of an extend code of Windows Setup.
        SetupOperation,
        /// A status of the SyncML protocol of device management.
        #[strum(serialize = "syncml")]
        SyncMl,
        /// An error of Apple's device management, as Intune reports it.
        AppleMdm,
        /// A state of an app's enforcement by Intune.
        IntuneApp,
        /// An error of the multimedia system.
        #[strum(serialize = "mmsys")]
        MmSys,
        /// An error of the telephony interface.
        Tapi,
        /// An error of Simple MAPI.
        Mapi,
        /// A failure that has a name or a message and no number, keyed by a slug.
        Condition,
        /// An event of a Windows event log, by its id; `Entry::context` names the log.
        Event,
    }
}

words! {
    /// How bad a code says it is.
    Severity, "There is no such severity; write success, info, warning or error." {
        /// It worked.
        Success,
        /// It worked, and there is something to know.
        Info,
        /// It worked in part, or something is about to fail.
        Warning,
        /// It failed.
        Error,
    }
}

words! {
    /// How well the text of an entry is founded.
    Basis, "There is no such basis; write documented, inferred or disputed." {
        /// A public page or header says so.
        Documented,
        /// It follows from documented facts, and no page says it.
        Inferred,
        /// Sources disagree, or the one source is doubtful; the notes say how.
        Disputed,
    }
}

words! {
    /// How sure a reading of an input is.
    Confidence, "There is no such confidence; write exact, derived or guess." {
        /// A row of the catalogue.
        Exact,
        /// Computed from the bits: a code that wraps another.
        Derived,
        /// A parent AADSTS number, or an unlikely radix.
        Guess,
    }
}

words! {
    /// A process that fails as a whole, with a guide that walks through it.
    Scenario, "There is no such scenario; write hybrid-join, entra-connect, domain-services, windows-365, sign-in, nps-extension, windows-logon, windows-hello, mdm-enrolment, windows-update, software-installation or secure-connection." {
        /// A domain-joined Windows device registers with Microsoft Entra ID.
        HybridJoin,
        /// Microsoft Entra Connect (Azure AD Connect) reaches its service.
        EntraConnect,
        /// A machine joins a managed domain of Microsoft Entra Domain Services.
        DomainServices,
        /// Windows 365 checks its Azure network connection.
        #[strum(serialize = "windows-365")]
        Windows365,
        /// A user or an application gets a token from Microsoft Entra ID.
        SignIn,
        /// A Network Policy Server asks Microsoft Entra multifactor authentication for the second factor.
        NpsExtension,
        /// An account of Windows or Active Directory proves who it is: logon, Kerberos, NTLM, trust.
        WindowsLogon,
        /// A user gets a PIN, a face or a fingerprint of Windows Hello for Business, and uses it.
        WindowsHello,
        /// A device enrols in mobile device management, by Autopilot perhaps.
        MdmEnrolment,
        /// Windows Update, its downloads, and the servicing of Windows.
        WindowsUpdate,
        /// Windows Installer, app packages and what deploys them.
        SoftwareInstallation,
        /// A TLS connection, through a proxy perhaps.
        SecureConnection,
    }
}

words! {
    /// A step of a scenario, in which a failure arises.
    Phase, "There is no such phase; write precheck, discover, authentication, join, post-join, connect, configure, initial-sync, connectivity, credentials, sync, request, policy, consent, token, enrolment, provisioning, scan, download or install." {
        /// Hybrid join: is a domain controller in reach?
        #[strum(to_string = "precheck", serialize = "pre-check")]
        Precheck,
        /// Hybrid join: find the tenant, the registration service and the kind of domain. MDM enrolment: find its server.
        Discover,
        /// Hybrid join: get a token from the federation service.
        #[strum(to_string = "authentication", serialize = "auth")]
        Authentication,
        /// Hybrid join: register the device.
        Join,
        /// Hybrid join: sign in with a Primary Refresh Token.
        PostJoin,
        /// Entra Connect: the wizard page Connect to Azure AD, as the signed-in user.
        Connect,
        /// Entra Connect: the wizard page Configure, as the service account.
        Configure,
        /// Entra Connect: the first synchronisation.
        InitialSync,
        /// Domain Services: the machine finds the managed domain. Windows logon: a domain controller answers.
        Connectivity,
        /// Domain Services, Windows logon, sign-in: the account and its credentials are accepted.
        Credentials,
        /// Entra Connect: objects are synchronised, one run after the other.
        Sync,
        /// Sign-in: the application's request is read.
        Request,
        /// Sign-in: Conditional Access, multifactor authentication and other policies decide.
        Policy,
        /// Sign-in: the user or an administrator agrees to what the application may do.
        Consent,
        /// Sign-in: a code, an assertion or a refresh token becomes a token.
        Token,
        /// MDM enrolment: the device enrols.
        Enrolment,
        /// MDM enrolment: Autopilot prepares the device. Windows Hello: the key and the PIN are made.
        Provisioning,
        /// Windows Update: find out which updates there are.
        Scan,
        /// Windows Update: fetch them.
        Download,
        /// Windows Update: install them.
        Install,
    }
}

words! {
    /// What a section of a guide is.
    SectionKind, "There is no such kind of section; write requirement, check, procedure, log-collection, reference, red-herring or known-issue." {
        /// Something that must hold before anything else can work.
        Requirement,
        /// Something to look at, and what it tells.
        Check,
        /// Steps that mend or prove something.
        Procedure,
        /// What to collect for support, and how.
        LogCollection,
        /// Facts to compare with.
        Reference,
        /// Something that looks like a failure and is none.
        RedHerring,
        /// A defect that is known, and what it does not affect.
        KnownIssue,
    }
}

words! {
    /// Who can mend a failure.
    Who, "There is no such person; write user, device-admin, tenant-admin, application-developer, identity-provider or microsoft." {
        /// The person at the keyboard.
        User,
        /// The administrator of the device or of the network it is on.
        DeviceAdmin,
        /// The administrator of the Microsoft Entra tenant.
        TenantAdmin,
        /// The developer of the application that signs in.
        ApplicationDeveloper,
        /// Whoever runs the federated identity provider.
        IdentityProvider,
        /// Microsoft.
        Microsoft,
    }
}

words! {
    /// How a number must be written for the words beside it to say what it is.
    Notation, "There is no such notation; write any, decimal, 0x, hex, hex8 or name." {
        /// In any way.
        Any,
        /// Decimal digits.
        Decimal,
        /// Hexadecimal digits behind `0x`.
        #[strum(serialize = "0x")]
        Prefixed,
        /// Digits that are hexadecimal without a prefix.
        Hex,
        /// Exactly eight hexadecimal digits without a prefix.
        Hex8,
        /// As a name: the words stand beside a symbol or a label.
        Name,
    }
}

words! {
    /// To what a device is joined, as the documentation tells it from `dsregcmd /status`.
    ///
    /// A registration by a work or school account stands beside it.
    JoinState, "There is no such join state; write entra-joined, entra-hybrid-joined, domain-joined, on-premises-drs-joined, not-joined or unknown." {
        /// To Microsoft Entra ID alone.
        EntraJoined,
        /// To Microsoft Entra ID and an Active Directory domain.
        EntraHybridJoined,
        /// To an Active Directory domain alone.
        DomainJoined,
        /// To a domain and its registration service on the premises.
        OnPremisesDrsJoined,
        /// To nothing.
        NotJoined,
        /// The capture does not say.
        Unknown,
    }
}

words! {
    /// How the value of a field of `dsregcmd /status` is read.
    FieldValue, "There is no such kind of value; write text, yes-no, time, period, code, label, message or opens." {
        /// As it is.
        Text,
        /// `YES` or `NO`.
        YesNo,
        /// A time in UTC.
        Time,
        /// Two times in UTC, from when until when.
        Period,
        /// A number of one of the field's families, perhaps in brackets behind a word, perhaps two.
        Code,
        /// The label of a condition.
        Label,
        /// What a server said: a condition's message, with an AADSTS number perhaps.
        Message,
        /// The line opens a block that may stand several times.
        Opens,
    }
}

words! {
    /// Whose identity a value gives away.
    Identity, "There is no such identity; write tenant, tenant-name, device, user, domain, host, key, thumbprint, request or proxy." {
        /// A tenant: its id.
        Tenant,
        /// A tenant: the name that it shows.
        TenantName,
        /// A device: its id.
        Device,
        /// A user: UPN, account or security identifier.
        User,
        /// A domain.
        Domain,
        /// A computer.
        Host,
        /// A key or its container.
        Key,
        /// A certificate.
        Thumbprint,
        /// A request in a server's logs.
        Request,
        /// A proxy and what is reached without it.
        Proxy,
    }
}
