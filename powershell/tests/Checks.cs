// Checks Hexplain.dll without PowerShell, alike under .NET Framework, Mono and .NET. MIT OR Apache-2.0.
//
// Checks.exe LIBRARY [TESTS]: the native library, and the folder tests/ of the project, whose captures and logs are read too.
// C# 5, as Hexplain.cs is.

using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using Hexplain;

static class Checks
{
    static int passed;
    static readonly List<string> Failures = new List<string>();
    static Library library;
    static string temporary;

    // What no code page has all of: Latin, Greek, Han, and an emoji of two UTF-16 units.
    const string Wide = "Z\u00FCrich \u03A9\u03BC\u03AD\u03B3\u03B1 \u6F22\u5B57 \uD83D\uDE00";

    static int Main(string[] args)
    {
        if (args.Length == 0)
        {
            Console.WriteLine("usage: Checks LIBRARY [TESTS]");
            return 2;
        }
        // Not by the console's encoding, which Wine has not.
        StreamWriter output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        output.AutoFlush = true;
        Console.SetOut(output);
        // An error must not depend on where it is thrown.
        CultureInfo.DefaultThreadCurrentCulture = Thread.CurrentThread.CurrentCulture = CultureInfo.InvariantCulture;
        temporary = Path.Combine(Path.GetTempPath(), "hexplain-checks-" + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(temporary);
        try
        {
            Section("platform", Platforms);
            Section("loading", delegate { Loading(args[0]); });
            if (library == null) { return Report(); }
            Section("versions", Versions);
            Section("json", JsonReader);
            Section("model", Model);
            Section("numbers", Numbers);
            Section("utf-8", Utf8);
            Section("buffers", Buffers);
            Section("resolve", Resolving);
            Section("exceptions", Exceptions);
            Section("search", Searching);
            Section("guides", Guides);
            Section("scan", Scanning);
            Section("pieces", Pieces);
            Section("files", ScanFiles);
            Section("dsregcmd", Dsregcmd);
            if (args.Length > 1) { Section("project", delegate { Project(args[1]); }); }
            Section("threads", Threads);
            Section("memory", Memory);
            Section("times", Times);
        }
        finally
        {
            // Windows keeps a library that is loaded.
            try { Directory.Delete(temporary, true); }
            catch (UnauthorizedAccessException) { }
            catch (IOException) { }
        }
        return Report();
    }

    static int Report()
    {
        foreach (string failure in Failures) { Console.WriteLine("FAILED " + failure); }
        if (Failures.Count > 0) { Console.WriteLine("checks: " + Failures.Count + " failed, " + passed + " passed"); return 1; }
        Console.WriteLine("checks: " + passed + " passed");
        return 0;
    }

    static void Section(string name, Action body)
    {
        try { body(); }
        catch (Exception error) { Failures.Add(name + ": " + error); }
    }

    static void Check(string name, bool isSo)
    {
        if (isSo) { passed++; } else { Failures.Add(name); }
    }

    static void Same(string name, object expected, object actual)
    {
        if (Equals(expected, actual)) { passed++; }
        else { Failures.Add(name + ": expected <" + expected + ">, got <" + actual + ">"); }
    }

    /// <summary>An error must be one sentence or two, end so, and hold the words; the last ones are its remedy.</summary>
    static void Fails(string name, Action body, params string[] words)
    {
        try { body(); }
        catch (HexplainException error)
        {
            Check(name + ": a full sentence, not <" + error.Message + ">", error.Message.EndsWith(".", StringComparison.Ordinal)
                && error.Message.IndexOf('\n') < 0 && error.Message.IndexOf("; ", StringComparison.Ordinal) > 0);
            foreach (string word in words)
            {
                Check(name + ": `" + word + "` is missing in <" + error.Message + ">", error.Message.IndexOf(word, StringComparison.Ordinal) >= 0);
            }
            return;
        }
        catch (Exception error) { Failures.Add(name + ": another exception, " + error); return; }
        Failures.Add(name + ": no error");
    }

    static string Ids(IEnumerable<ErrorCode> codes)
    {
        List<string> ids = new List<string>();
        foreach (ErrorCode code in codes) { ids.Add(code.Id); }
        return string.Join(" ", ids.ToArray());
    }

    static string File_(string name, byte[] bytes)
    {
        string path = Path.Combine(temporary, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static void Platforms()
    {
        Same("rid of Windows", "win-x64", Platform.Rid(true, false, 8, "X64"));
        Same("rid of Linux", "linux-x64", Platform.Rid(false, true, 8, "x64"));
        Same("rid where the framework cannot tell", "win-x64", Platform.Rid(true, false, 8, null));
        Fails("32-bit", delegate { Platform.Rid(true, false, 4, "X86"); }, "32-bit", "(x86)");
        Fails("32-bit Linux", delegate { Platform.Rid(false, true, 4, null); }, "32-bit", "start a 64-bit PowerShell");
        Fails("ARM64 Windows", delegate { Platform.Rid(true, false, 8, "Arm64"); }, "ARM64", "start an x64 PowerShell");
        Fails("ARM64 Linux", delegate { Platform.Rid(false, true, 8, "Arm64"); }, "ARM64", "command line");
        Fails("macOS", delegate { Platform.Rid(false, false, 8, "X64"); }, "another system", "command line");
        Check("this is one of both", Platform.IsWindows != Platform.IsLinux);
        string architecture = Platform.Architecture;
        Check("the architecture is X64, not " + architecture, architecture == null || architecture == "X64");
        string path = Platform.LibraryPath(temporary);
        Check("the path is full and ends as it should: " + path, Path.IsPathRooted(path) && path.Replace('\\', '/').EndsWith(
            Platform.IsWindows ? "/runtimes/win-x64/native/hexplain_ffi.dll" : "/runtimes/linux-x64/native/libhexplain_ffi.so", StringComparison.Ordinal));
    }

    static void Loading(string path)
    {
        Fails("missing library", delegate { Library.OpenModule(temporary); }, "is missing", "runtimes", "install the module");
        Fails("a text as library", delegate { Library.Open(File_("text.so", Encoding.ASCII.GetBytes("no library"))); }, "cannot be loaded", "install the module");
        Fails("an empty file as library", delegate { Library.Open(File_("empty.so", new byte[0])); }, "cannot be loaded", "install the module");
        string other = Platform.IsWindows ? Path.Combine(Environment.SystemDirectory, "version.dll") : "/lib/x86_64-linux-gnu/libm.so.6";
        if (File.Exists(other)) { Fails("another library", delegate { Library.Open(other); }, "hexplain_abi_version", "install module and library"); }
        foreach (uint abi in new uint[] { 0, 99, 200, 1000, uint.MaxValue })
        {
            Fails("interface " + abi, delegate { Library.CheckAbi("x.dll", abi); }, "x.dll", abi.ToString(CultureInfo.InvariantCulture), "needs version 100", "install module and library");
        }
        foreach (uint abi in new uint[] { 100, 101, 199 }) { Library.CheckAbi("x.dll", abi); passed++; }

        // By a path that only Unicode can name, below folders as the module has them.
        string module = Path.Combine(temporary, Wide);
        string inside = Platform.LibraryPath(module);
        Directory.CreateDirectory(Path.GetDirectoryName(inside));
        File.Copy(path, inside);
        library = Library.OpenModule(module);
        Same("the path of the library", inside, library.Path);
        Check("a library is opened once", ReferenceEquals(library, Library.Open(inside)));
        Check("another path is another library", !ReferenceEquals(library, Library.Open(path)));
    }

    static void Versions()
    {
        Check("the interface", library.AbiVersion >= 100 && library.AbiVersion < 200);
        Same("the version of the library is the module's", Library.ModuleVersion, library.Version);
        Check("the version of the data", library.DataVersion.Split('.').Length == 3);
        Check("families", library.Families.Length >= 31 && library.Families[0] == "hresult" && library.Families[5] == "aadsts");
        library.Families[0] = "changed";
        Same("a caller cannot change the families", "hresult", library.Families[0]);
    }

    static void Json_(string name, string json, string expected)
    {
        Same("json " + name, expected, Show(Json.Read(json)));
    }

    static string Show(object value)
    {
        if (value == null) { return "null"; }
        List<object> list = value as List<object>;
        if (list != null) { return "[" + string.Join(",", list.ConvertAll<string>(Show).ToArray()) + "]"; }
        Dictionary<string, object> members = value as Dictionary<string, object>;
        if (members != null)
        {
            List<string> shown = new List<string>();
            foreach (KeyValuePair<string, object> member in members) { shown.Add(member.Key + ":" + Show(member.Value)); }
            return "{" + string.Join(",", shown.ToArray()) + "}";
        }
        return value.GetType().Name + " " + Convert.ToString(value, CultureInfo.InvariantCulture);
    }

    static void JsonReader()
    {
        Json_("words", "[true,false,null]", "[Boolean True,Boolean False,null]");
        Json_("empty", "[ { } , [\t]\r\n ]", "[{},[]]");
        Json_("members", "{\"a\":1,\"b\":{\"c\":[2,3]}}", "{a:Int64 1,b:{c:[Int64 2,Int64 3]}}");
        Json_("numbers", "[0,-0,7,-7,9223372036854775807,-9223372036854775808]", "[Int64 0,Int64 0,Int64 7,Int64 -7,Int64 9223372036854775807,Int64 -9223372036854775808]");
        Json_("a number of 64 bits", "18446744073709551615", "UInt64 18446744073709551615");
        Json_("fractions", "[0.5,-1.25e2,1E+2,25e-1]", "[Double 0.5,Double -125,Double 100,Double 2.5]");
        Json_("a larger number", "18446744073709551616", "Double " + Convert.ToString(18446744073709551616.0, CultureInfo.InvariantCulture));
        Json_("escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "String \"\\/\b\f\n\r\t");
        Json_("escaped units", "\"\\u0041\\u00e9\\u00C9\\u6f22x\"", "String A\u00E9\u00C9\u6F22x");
        Json_("an escaped pair", "\"a\\ud83d\\uDE00b\"", "String a\uD83D\uDE00b");
        Json_("a pair", "\"" + Wide + "\"", "String " + Wide);
        Json_("an escaped NUL", "\"\\u0000\"", "String \0");
        Json_("an empty key", "{\"\":1}", "{:Int64 1}");
        string deep = new string('[', Json.Levels) + new string(']', Json.Levels);
        Check("json as deep as may be", Json.Read(deep) != null);
        Json_("siblings are no levels", "[" + new string(' ', 3) + string.Join(",", new string[] { "[]", "[]", "{}" }) + "]", "[[],[],{}]");
        Fails("json too deep", delegate { Json.Read("[" + deep + "]"); }, "deeper than 64 levels", "install module");
        Fails("json that would end the stack", delegate { Json.Read(new string('[', 1000000)); }, "deeper than 64 levels");
        string[] wrong =
        {
            "", " ", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "[1}", "{\"a\":1]",
            "tru", "True", "nul", "nan", "NaN", "Infinity", "-Infinity", "+1", "01", "-01", "-", "1.", ".5", "1e", "1e+", "0x10", "1_000", "1 2", "[] []", "//x\n1", "'a'",
            "\"", "\"a", "\"\\\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\u", "\"\\", "\"a\nb\"", "\"a\tb\"", "\"\u0001\"", "\"\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\u0041\"",
            "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"\uD83D\"", "\"\uDE00x\"", "1e999", "-1e999", "\u00A01", "\uFEFF1", "\"\\u\uFF10\uFF10\uFF14\uFF11\"", "{\"a\":1,\"a\":2}", "\"\\U0041\"", "1\0"
        };
        foreach (string json in wrong) { Fails("json <" + json + ">", delegate { Json.Read(json); }, "The JSON cannot be read", "character"); }
        Same("json lines", 3, Json.ReadLines("{\"a\":1}\n[2]\r\n\n3").Count);
        Same("no json lines", 0, Json.ReadLines(" \n").Count);
        Fails("two values in a line", delegate { Json.ReadLines("1 2\n"); }, "one line");
        Fails("a broken line", delegate { Json.ReadLines("{}\n{\n"); }, "a key is missing");
        // Whatever is cut off is an error, and nothing is another exception.
        string whole = library.ExplainJson("0x801c03f2", null).TrimEnd();
        for (int length = 0; length < whole.Length; length += 7)
        {
            string cut = whole.Substring(0, length);
            try { Json.Read(cut); Failures.Add("json cut at " + length); }
            catch (HexplainException) { }
        }
        passed++;
        Random random = new Random(1);
        char[] changed = whole.ToCharArray();
        const string marks = "\"\\{}[]:,0e-.\0\uD83Dx ";
        for (int round = 0; round < 20000; round++)
        {
            int at = random.Next(changed.Length);
            char was = changed[at];
            changed[at] = marks[random.Next(marks.Length)];
            try { Json.Read(new string(changed)); }
            catch (HexplainException) { }
            if (round % 8 != 0) { changed[at] = was; }
        }
        passed++;
    }

    static void Model()
    {
        Explanation one = library.Explain("0x80072ee2", null)[0];
        Same("input", "0x80072ee2", one.Input);
        Check("no error", one.Error == null && one.Suggestions.Length == 0 && one.Problem() == null && one.ToString() == "0x80072ee2");
        ErrorCode code = one.Candidates[0];
        Same("id", "hresult:0x80072EE2", code.Id);
        Same("family", "hresult", code.Family);
        Same("code", "0x80072EE2", code.Code);
        Same("unsigned", 0x80072EE2u, code.Unsigned);
        Same("signed", unchecked((int)0x80072EE2), code.Signed);
        Same("name", "WININET_E_TIMEOUT", code.Name);
        Same("severity", "error", code.Severity);
        Same("basis", "documented", code.Basis);
        Same("confidence", "exact", code.Confidence);
        Same("rank", 1, code.Rank);
        Same("input of a candidate", "0x80072ee2", code.Input);
        Same("text", "0x80072EE2 WININET_E_TIMEOUT", code.ToString());
        Check("why", code.Why.EndsWith(".", StringComparison.Ordinal));
        Check("summary", code.Summary.EndsWith(".", StringComparison.Ordinal));
        Check("aliases and notes are lists", code.Aliases != null && code.Notes != null);
        Check("fields", code.Fields.Hresult.Severity == "failure" && code.Fields.Hresult.Facility == 7 && code.Fields.Hresult.FacilityName != null && code.Fields.Hresult.Code == 0x2EE2
            && !code.Fields.Hresult.Reserved && !code.Fields.Hresult.Customer && !code.Fields.Hresult.Nt && !code.Fields.Hresult.X);
        Check("fields of an NTSTATUS", code.Fields.NtStatus.Severity == "warning" && code.Fields.NtStatus.Facility == 7 && code.Fields.NtStatus.Code == 0x2EE2
            && !code.Fields.NtStatus.Customer && !code.Fields.NtStatus.Nt);
        Check("fields as text: " + code.Fields, code.Fields.ToString().StartsWith("HRESULT: failure, facility 7 ", StringComparison.Ordinal));
        Check("wraps", code.Wraps.Length > 0 && code.Wraps[0].Code == "12002");
        Check("sources", code.Sources.Length > 0 && code.Sources[0].Url.StartsWith("http", StringComparison.Ordinal) && code.Sources[0].Date.Length == 10
            && code.Sources[0].ToString() == code.Sources[0].Title);
        Check("advice", code.Advice.Length > 0);
        Advice advice = code.Advice[0];
        Same("scenario", "hybrid-join", advice.Scenario);
        Check("advice is told", advice.Id.Length > 0 && advice.Phase != null && advice.Reason.Length > 0 && advice.Resolution.Length > 0 && advice.Retry.When != null && advice.Sources.Length > 0);
        Advice secret = library.Resolve("AADSTS7000222", null, null, null).Codes[0].Advice[0];
        Check("who can mend it: " + secret.Who, secret.Who == "application-developer" && secret.Retry.When == "never" && secret.ToString().Length > 0);
        Check("lists of advice", advice.Endpoints != null && advice.Events != null && advice.Links != null);
        ErrorCode carrier = library.Resolve("0x80070520", null, null, null).Codes[0];
        Check("a code that only carries another is described by it: " + carrier.Describe(), carrier.Name == null && carrier.Describe().Contains("event 220"));
        Check("as a line", carrier.Wraps[0].ToLine().StartsWith("win32 1312 ERROR_NO_SUCH_LOGON_SESSION: ", StringComparison.Ordinal));
        Check("advice as text: " + code.Describe(), code.Describe().StartsWith("hybrid-join, phase ", StringComparison.Ordinal) && code.Describe().Contains("  Why  ") && code.Describe().Contains("  Do   "));
        // Everything that is somewhere in the data is read once.
        int events = 0, links = 0, retries = 0, endpoints = 0;
        foreach (string word in new string[] { "proxy", "token", "device", "event", "throttled", "password" })
        {
            foreach (ErrorCode found in library.Search(word, null, 500))
            {
                foreach (Advice each in found.Advice)
                {
                    foreach (Event e in each.Events) { events++; Check("event", e.Channel.Length > 0 && e.Id > 0 && e.Meaning.Length > 0 && e.ToString().StartsWith("Event ", StringComparison.Ordinal)); }
                    foreach (Link l in each.Links) { links++; Check("link", l.Url.StartsWith("http", StringComparison.Ordinal) && l.ToString().EndsWith(l.Url, StringComparison.Ordinal)); }
                    if (each.Retry.AfterSeconds != null) { retries++; Same("retry", "after " + each.Retry.AfterSeconds + " seconds", each.Retry.ToString()); }
                    endpoints += each.Endpoints.Length;
                }
            }
        }
        Check("events, links, times to wait and endpoints were seen: " + events + " " + links + " " + retries + " " + endpoints, events > 0 && links > 0 && endpoints > 0);
        Entry entry = library.Lookup("hresult", 0x80070005);
        Check("entry", entry.Name == "E_ACCESSDENIED" && entry.Family == "hresult" && entry.Value == 0x80070005 && entry.AliasCount > 0 && entry.AdviceCount == library.Resolve("0x80070005", null, null, null).Codes[0].Advice.Length && entry.ToString() == entry.Name);
        Same("entry of a signed number", "E_ACCESSDENIED", library.Lookup("HRESULT", -2147024891).Name);
        Check("entry with a summary", library.Lookup("winhttp", 12007).Summary.Length > 0 && library.Lookup("winhttp", 12007).Context == null);
        Check("no entry", library.Lookup("hresult", 0x8123ABCD) == null);
        Same("name of a signed number", "E_ACCESSDENIED", library.Name("HRESULT", -2147024891));
        Check("no name", library.Name("hresult", 0x8123ABCD) == null && library.Name("hresult", 0x801C03F3) == null);
        Fails("name of no family", delegate { library.Name("nope", 1); }, "There is no family `nope`", "write hresult, ");
        Fails("entry of no family", delegate { library.Lookup("nope", 1); }, "There is no family `nope`", "write hresult, ");
        Fails("entry of too many bits", delegate { library.Lookup("hresult", 1L << 32); }, "more than 32 bits");
    }

    static void Numbers()
    {
        object[] forms =
        {
            -2147024891, 2147942405L, 2147942405u, 2147942405ul, -2147024891L, 0xFFFFFFFF80070005ul, 2147942405.0, -2147024891.0, 2147942405m,
            "-2147024891", "2147942405", "0x80070005", "0X80070005", "80070005", "0xFFFFFFFF80070005", "E_ACCESSDENIED", "e_accessdenied", " 0x80070005 ", "&H80070005"
        };
        foreach (object form in forms)
        {
            Resolution answer = library.Resolve(form, null, null, null);
            string name = form.GetType().Name + " " + Convert.ToString(form, CultureInfo.InvariantCulture);
            Check("a code for " + name, answer.Codes.Length > 0);
            if (answer.Codes.Length == 0) { continue; }
            Same("first code for " + name, "hresult:0x80070005", answer.Codes[0].Id);
            Same("codes for " + name, "hresult:0x80070005", Ids(answer.Codes));
            Same("wrapped code for " + name, "win32:5", Ids(answer.Codes[0].Wraps));
            Same("problems for " + name, 0, answer.Problems.Length);
        }
        foreach (object five in new object[] { (sbyte)5, (byte)5, (short)5, (ushort)5, 5, 5u, 5L, 5ul, 5f, 5d, 5m, "5", DayOfWeek.Friday })
        {
            Same("5 as " + five.GetType().Name, Ids(library.Explain("5", null)[0].Candidates), Ids(library.Resolve(five, null, null, null).Codes));
        }
        Same("a char", Library.InputOf('x'), "x");
        Same("an exit code", "ntstatus:0xC0000005", Ids(library.Resolve(-1073741819, null, null, null).Codes));
        Same("a negative number of its own", "ese:-1018", Ids(library.Resolve((short)-1018, null, null, null).Codes));
        Same("a match", "aadsts:AADSTS50126", Ids(library.Resolve(library.Scan("AADSTS50126", false)[0], null, null, null).Codes));
        Same("a code", "win32:5", Ids(library.Resolve(library.Resolve(5, new string[] { "win32" }, null, null).Codes[0], null, null, null).Codes));
        Check("zero", library.Resolve(0, null, null, null).Codes.Length > 0);
        Check("one bit too many", library.Resolve(4294967296L, null, null, null).Problems[0].Contains("more than 32 bits"));
        Fails("null", delegate { library.Resolve(null, null, null, null); }, "null", "give a code");
        Fails("a boolean", delegate { library.Resolve(true, null, null, null); }, "true or false", "give a code");
        Fails("a fraction", delegate { library.Resolve(5.5, null, null, null); }, "5.5", "no whole number");
        Fails("not a number", delegate { library.Resolve(double.NaN, null, null, null); }, "no whole number");
        Fails("infinity", delegate { library.Resolve(double.PositiveInfinity, null, null, null); }, "no whole number");
        CultureInfo was = Thread.CurrentThread.CurrentCulture;
        try
        {
            CultureInfo other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NegativeSign = "\u2212";
            other.NumberFormat.NumberDecimalSeparator = ",";
            Thread.CurrentThread.CurrentCulture = other;
            Same("a culture with another minus sign", "hresult:0x80070005", Ids(library.Resolve(-2147024891, null, null, null).Codes));
            Same("JSON in such a culture", "Double -1.5", Show(Json.Read("-1.5")));
        }
        finally { Thread.CurrentThread.CurrentCulture = was; }
    }

    static void Utf8()
    {
        Same("an input comes back", Wide, library.Explain(Wide, null)[0].Input);
        Same("an input with NUL, quotes and control characters", "a\0\"\\\u0001\u001F\u007F\u2028", library.Explain("a\0\"\\\u0001\u001F\u007F\u2028", null)[0].Input);
        Same("half a pair becomes U+FFFD", "x\uFFFD", library.Explain("x\uD83D", null)[0].Input);
        Match match = library.Scan(Wide + " HRESULT 0x80070005 " + Wide, false)[0];
        Same("a line comes back", Wide + " HRESULT 0x80070005 " + Wide, match.Line);
        Same("a column counts characters", 27L, match.Column);
        Diagnosis diagnosis = library.Diagnose("AzureAdJoined : YES\nDomainJoined : NO\nTenantName : " + Wide + "\n", null, false)[0];
        Same("a field comes back", Wide, diagnosis.Sections[0].Fields[2].Value);
        Check("a search for no ASCII finds nothing", library.Search("\u6F22\u5B57", null, 5).Length == 0);
        Fails("a family in no ASCII", delegate { library.Explain("5", new string[] { Wide }); }, Wide, "write hresult");
        Fails("a file in no ASCII", delegate { library.OpenFile(Path.Combine(temporary, "\u6F22.log"), null, null, false); }, "\u6F22.log", "check its name");
        string path = File_("\u6F22\u00E9.log", Encoding.UTF8.GetBytes(Wide + " HRESULT 0x80070005\n"));
        Same("a file with such a name", Wide + " HRESULT 0x80070005", Scanned(path)[0].Line);
    }

    static void Buffers()
    {
        string[] inputs = { "0x801c03f2", "5", "nosuch", "0x80072ee2", Wide };
        int before = library.FirstBuffer;
        foreach (int size in new int[] { 0, 1, 100, 4096, 1 << 20 })
        {
            foreach (string input in inputs)
            {
                library.FirstBuffer = before;
                string expected = library.ExplainJson(input, null);
                library.FirstBuffer = size;
                Same("explanation of " + input + " with a first buffer of " + size, expected, library.ExplainJson(input, null));
            }
            Check("search with a first buffer of " + size, library.Search("device", null, 40).Length == 40);
            Check("guides with a first buffer of " + size, library.Guides(null, null).Length >= 4);
            Check("scan with a first buffer of " + size, library.Scan("HRESULT 0x80070005", false).Length == 1);
            Check("diagnosis with a first buffer of " + size, library.Diagnose(Capture, null, false).Length == 1);
        }
        library.FirstBuffer = before;
        int exact = Encoding.UTF8.GetByteCount(library.ExplainJson("5", null));
        foreach (int size in new int[] { exact - 1, exact, exact + 1 })
        {
            library.FirstBuffer = size;
            Check("a buffer of " + (size - exact) + " bytes beyond", library.Explain("5", null)[0].Candidates.Length > 1);
        }
        library.FirstBuffer = before;
        Check("an answer of many megabytes", library.Search("error", null, 20000).Length > 500);
        Check("an empty answer", library.Search("nothing has these words at all", null, 5).Length == 0);
        Same("no entries wanted", 0, library.Search("error", null, 0).Length);
    }

    static void Resolving()
    {
        Same("a family limits", "wininet:12007", Ids(library.Resolve("12007", new string[] { "WinINet" }, null, null).Codes));
        Same("two families limit", "winhttp:12007 wininet:12007", Ids(library.Resolve(12007, new string[] { "wininet", "winhttp" }, null, null).Codes));
        Fails("no such family", delegate { library.Resolve(5, new string[] { "win23" }, null, null); }, "There is no family `win23`", "write hresult, ntstatus");
        Resolution nothing = library.Resolve("0x8123abcd", null, null, null);
        Check("nothing is known: " + nothing.Problems[0], nothing.Codes.Length == 0 && nothing.Problems[0].Contains("facility 291") && nothing.Problems[0].EndsWith(".", StringComparison.Ordinal));
        Check("similar names", library.Resolve("ERROR_ACCES_DENIED", null, null, null).Problems[0].Contains("ERROR_ACCESS_DENIED"));
        Check("no words", library.Resolve("", null, null, null).Problems[0].StartsWith("The input is empty; ", StringComparison.Ordinal));
        Check("nothing to be read", library.Resolve("nothing of the kind at all", null, null, null).Problems[0].Contains("Find-ErrorCode"));
        Check("a long input is not repeated", library.Resolve(new string('\u6F22', 100000), null, null, null).Problems[0].Length < 300);
        Check("AADSTS", library.Resolve("AADSTS50126: Error validating credentials.", null, null, null).Codes[0].Name == "InvalidUserNameOrPassword");
        ErrorCode all = library.Resolve("0x80072ee2", null, null, null).Codes[0];
        ErrorCode some = library.Resolve("0x80072ee2", null, "Hybrid-Join", "JOIN").Codes[0];
        Check("advice of a phase", some.Advice.Length > 0 && some.Advice.Length < all.Advice.Length && Array.TrueForAll(some.Advice, delegate(Advice a) { return a.Phase == "join"; }));
        Same("advice of another scenario", 0, library.Resolve("0x80072ee2", null, "windows-365", null).Codes[0].Advice.Length);
        Fails("no such phase", delegate { library.Resolve(5, null, null, "joining"); }, "There is no phase `joining`", "write ", "discover");
        Fails("no such scenario", delegate { library.Resolve(5, null, "joining", null); }, "There is no scenario `joining`", "hybrid-join");
    }

    // As an error record looks from outside; the true one is of an assembly that is not here.
    sealed class ErrorRecord
    {
        public Exception Exception { get; set; }
        public object ErrorDetails { get; set; }
        public string FullyQualifiedErrorId { get; set; }
    }

    sealed class Coded : Exception
    {
        public Coded(string message, uint hresult, Exception inner) : base(message, inner) { HResult = unchecked((int)hresult); }
    }

    static string Codes(object value) { return Ids(library.Resolve(value, null, null, null).Codes); }

    // As PowerShell's ActionPreferenceStopException.
    sealed class Stopped : Exception
    {
        public ErrorRecord ErrorRecord { get; set; }
    }

    static void Exceptions()
    {
        Same("an exception's number", "hresult:0x80070005", Codes(new UnauthorizedAccessException("no")));
        Same("a cause", "hresult:0x80070005", Codes(new Exception("outer", new UnauthorizedAccessException("no"))));
        Same("a cause in wrappers", "hresult:0x80070005", Codes(new Coded("outer", 0x80131501, new Coded("inner", 0x80131500, new UnauthorizedAccessException("no")))));
        Same("a code in a message", "hresult:0x801C03F2", Codes(new Exception("The server said: HRESULT 0x801c03f2")));
        Same("a number before a message", "hresult:0x80070005 hresult:0x801C03F2", Codes(new UnauthorizedAccessException("HRESULT 0x801c03f2")));
        Check("a number of two meanings", Codes(new FileNotFoundException("no")).StartsWith("hresult:0x80070002", StringComparison.Ordinal));
        Same("the same code twice", "hresult:0x80070005", Codes(new UnauthorizedAccessException("Access denied (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))")));
        if (Platform.IsWindows)
        {
            Same("a Win32 error", "win32:5", Codes(new Win32Exception(5)));
            Same("a Win32 error and nothing that its digits spell", "win32:1722", Codes(new Win32Exception(1722)));
            Same("an HRESULT in a Win32Exception", "hresult:0x80070005", Codes(new Win32Exception(unchecked((int)0x80070005), "no")));
        }
        else { Check("an errno is no Win32 error", !Codes(new Win32Exception(13, "no")).Contains("win32:")); }
        Check("a socket's number", Codes(new System.Net.Sockets.SocketException(10061)).StartsWith("win32:10061", StringComparison.Ordinal));
        Same("several causes", "hresult:0x80070005", Codes(new AggregateException(new Exception("x"), new UnauthorizedAccessException("no"))));
        Same("a cause in an error record", "hresult:0x80070005", Codes(new Stopped { ErrorRecord = new ErrorRecord { Exception = new UnauthorizedAccessException("no") } }));
        Stopped itself = new Stopped();
        itself.ErrorRecord = new ErrorRecord { Exception = itself, FullyQualifiedErrorId = "HRESULT 0x801c03f2" };
        Same("an error record that holds its holder", "hresult:0x801C03F2", Codes(itself));
        Same("a number's digits are decimal", "win32:1722", Ids(library.Resolve(1722, new string[] { "win32" }, null, null).Codes));
        Check("unless that is all they can be", Ids(library.Resolve(80070005, null, null, null).Codes).Contains("hresult:0x80070005"));
        Same("a negated number", "ese:-1326", Ids(library.Resolve(-1326, new string[] { "ese" }, null, null).Codes));
        Same("an entry is itself", "hresult:0x80040201", Ids(library.Resolve(library.Resolve("0x80040201", null, null, null).Codes[0], null, null, null).Codes));
        Check("a family that a number has not", library.Resolve("hresult:0x80070005", new string[] { "win32" }, null, null).Problems[0].EndsWith("Only the families win32 count; leave -Family out to ask all.", StringComparison.Ordinal));
        Same("an error record", "hresult:0x80070005", Codes(new ErrorRecord { Exception = new UnauthorizedAccessException("no") }));
        Same("an id of an error record", "hresult:0x801C03F2", Codes(new ErrorRecord { Exception = new Exception("failed"), FullyQualifiedErrorId = "HRESULT 0x801c03f2,Microsoft.Command" }));
        Same("details of an error record", "aadsts:AADSTS50126", Codes(new ErrorRecord { Exception = new Exception("failed"), ErrorDetails = "AADSTS50126: no" }));
        Check("a general number for want of others", Codes(new Exception("failed")).Length == 0 || Codes(new Exception("failed")) == "hresult:0x80131500");
        Resolution unknown = library.Resolve(new Coded("failed", 0x8123ABCD, null), null, null, null);
        Check("nothing is known of an exception", unknown.Codes.Length == 0 && unknown.Problems.Length == 1 && unknown.Problems[0].Contains("Coded carries 0x8123ABCD"));
        Same("a family limits an exception", "win32:5", Ids(library.Resolve(new Coded("Win32 error 5, HRESULT 0x80070005", 0x80070005, null), new string[] { "win32" }, null, null).Codes));
        Check("a family that an exception has not", library.Resolve(new UnauthorizedAccessException("no"), new string[] { "aadsts" }, null, null).Problems[0].Contains("in these families"));
    }

    static void Searching()
    {
        ErrorCode[] found = library.Search("proxy authentication", null, 7);
        Same("so many entries", 7, found.Length);
        Check("in order", found[0].Rank == 1 && found[6].Rank == 7);
        Check("a family limits", Array.TrueForAll(library.Search("password", new string[] { "aadsts" }, 50), delegate(ErrorCode c) { return c.Family == "aadsts"; }));
        Fails("a negative number", delegate { library.Search("x", null, -1); }, "negative", "give 1 or more");
        Same("no words", library.Search("", null, 3).Length, library.Search(" ", null, 3).Length);
    }

    static void Guides()
    {
        Guide[] all = library.Guides(null, null);
        Same("scenarios", "hybrid-join entra-connect domain-services windows-365 sign-in nps-extension windows-logon windows-hello mdm-enrolment windows-update software-installation secure-connection", string.Join(" ", library.Scenarios));
        Same("guides", library.Scenarios.Length, all.Length);
        List<string> phases = new List<string>(library.Phases);
        phases.Sort(StringComparer.Ordinal);
        Same("phases", "authentication configure connect connectivity consent credentials discover download enrolment initial-sync install join policy post-join precheck provisioning request scan sync token", string.Join(" ", phases.ToArray()));
        Guide guide = library.Guides("Windows-365", null)[0];
        Check("a guide", guide.Scenario == "windows-365" && guide.Title == guide.ToString() && guide.Sections.Length >= 10 && guide.Sections[0].Scenario == "windows-365");
        int endpoints = 0, events = 0, links = 0, entries = 0;
        foreach (Guide one in all)
        {
            Check("a guide is described", one.Describe().Contains(one.Sections[0].Title));
            foreach (GuideSection section in one.Sections)
            {
                Check("a section", section.Id.Length > 0 && section.Kind.Length > 0 && section.Title == section.ToString() && section.Sources.Length > 0 && section.Steps != null && section.Reasons != null);
                foreach (Endpoint e in section.Endpoints) { endpoints++; Check("endpoint", e.Host.Length > 0 && e.Port > 0 && e.Scheme.Length > 0 && e.Use.Length > 0 && e.ToString().Contains(":")); }
                events += section.Events.Length;
                links += section.Links.Length;
                entries += section.Entries.Length;
            }
        }
        Check("endpoints, events, links and entries were seen", endpoints > 0 && events > 0 && links > 0 && entries > 0);
        Guide join = library.Guides("hybrid-join", "join")[0];
        Check("a phase of a guide", join.Sections.Length > 0 && Array.TrueForAll(join.Sections, delegate(GuideSection s) { return s.Phase == "join"; }));
        Same("a phase alone", "entra-connect", library.Guides(null, "configure")[0].Scenario);
        Check("the guide is whole afterwards", library.Guides("hybrid-join", null)[0].Sections.Length > join.Sections.Length);
        Fails("no such scenario", delegate { library.Guides("join", null); }, "There is no scenario `join`", "write hybrid-join, ");
        Fails("no such phase", delegate { library.Guides(null, "x"); }, "There is no phase `x`", "write ");
        Fails("a phase of another scenario", delegate { library.Guides("windows-365", "join"); }, "has no phase `join`", "leave one of them out");
    }

    static Match[] Scanned(string path)
    {
        List<Match> all = new List<Match>();
        using (FileScan scan = library.OpenFile(path, null, null, false))
        {
            while (scan.Read()) { all.AddRange(scan.Matches); }
            Check("nothing behind the end", !scan.Read() && scan.Matches.Length == 0);
        }
        return all.ToArray();
    }

    static string Show(Match m, bool withPath)
    {
        return (withPath ? m.Path : "") + "|" + m.LineNumber + "|" + m.Column + "|" + m.Text + "|" + m.Id + "|" + m.Code + "|" + m.Name + "|" + m.Summary + "|" + m.Confidence + "|" + m.Why
            + "|" + string.Join(",", m.Others) + "|" + m.Line + "|" + m.Family;
    }

    static void SameMatches(string name, IList<Match> expected, IList<Match> actual)
    {
        Same("number of codes, " + name, expected.Count, actual.Count);
        for (int i = 0; i < expected.Count && i < actual.Count; i++)
        {
            if (Show(expected[i], false) != Show(actual[i], false)) { Failures.Add("code " + i + ", " + name + ": expected <" + Show(expected[i], false) + ">, got <" + Show(actual[i], false) + ">"); return; }
        }
        passed++;
    }

    static void Scanning()
    {
        Match[] found = library.Scan("nothing\r\nUpload failed [HRESULT = 0x80004005], exit code 1603\r\nAADSTS50126: no\r\nERROR_WINHTTP_TIMEOUT (12007)", false);
        Check("codes: " + found.Length, found.Length >= 3);
        Same("path", TextScan.Stream, found[0].Path);
        Same("line", 2L, found[0].LineNumber);
        Same("column", 26L, found[0].Column);
        Same("text", "0x80004005", found[0].Text);
        Same("code", "0x80004005", found[0].Code);
        Same("name", "E_FAIL", found[0].Name);
        Same("id", "hresult:0x80004005", found[0].Id);
        Same("whole line", "Upload failed [HRESULT = 0x80004005], exit code 1603", found[0].Line);
        Check("why", found[0].Why.EndsWith(".", StringComparison.Ordinal) && found[0].Confidence == "exact" && found[0].Others != null);
        Same("as text", "InputStream:2:0x80004005 E_FAIL", found[0].ToString());
        Same("second code of the line", "win32:1603", found[1].Id);
        Same("third code", "aadsts:AADSTS50126", found[2].Id);
        Same("summary is the entry's", library.Resolve("AADSTS50126", null, null, null).Codes[0].Summary, found[2].Summary);
        Same("nothing unknown", 0, library.Scan("0x8123ABCD", false).Length);
        Match[] unknown = library.Scan("0x8123ABCD", true);
        Check("unknown", unknown.Length == 1 && unknown[0].Name == null && unknown[0].Summary == null);
        Same("no text", 0, library.Scan("", false).Length);
        TextScan limited = library.OpenText(new string[] { "WIN32" }, null, false);
        Same("a family limits", "win32:1603", limited.Next("HRESULT = 0x80004005, exit code 1603")[0].Id);
        TextScan sure = library.OpenText(null, "exact", false);
        Check("a confidence limits", Array.TrueForAll(sure.Next("HRESULT = 0x80004005, exit code 1603"), delegate(Match m) { return m.Confidence == "exact"; }));
        Fails("no such confidence", delegate { library.OpenText(null, "sure", false); }, "There is no confidence `sure`", "write exact");
        Fails("no such family", delegate { library.OpenText(new string[] { "x" }, null, false); }, "There is no family `x`");
        Same("the summary of every code is that of its entry", "", WrongSummaries());
    }

    static string WrongSummaries()
    {
        StringBuilder text = new StringBuilder();
        foreach (ErrorCode code in library.Search("device", null, 300)) { if (code.Family == "hresult" || code.Family == "aadsts") { text.Append("HRESULT " + code.Code + "\n"); } }
        foreach (Match match in library.Scan(text.ToString(), false))
        {
            ErrorCode code = library.Explain(match.Id, null)[0].Candidates[0];
            if (code.Id == match.Id && code.Summary != match.Summary) { return match.Id; }
        }
        return "";
    }

    static Match[] Line_(string text)
    {
        TextScan scan = library.OpenText(null, null, false);
        List<Match> all = new List<Match>();
        foreach (string line in text.Split('\n')) { all.AddRange(scan.Next(line)); }
        return all.ToArray();
    }

    static void Pieces()
    {
        // Columns that a header names, and an event whose number stands some lines before, come to every line.
        StringBuilder csv = new StringBuilder("Time,Error code,Text\n");
        StringBuilder w3c = new StringBuilder("#Software: x\n#Fields: date sc-status sc-win32-status\n");
        for (int i = 0; i < 4000; i++)
        {
            csv.Append("10:0" + (i % 10) + ",1603,\"" + Wide + ", " + i + "\"\n");
            w3c.Append("2026-01-01 407 " + (i % 2 == 0 ? "64" : "0") + "\n");
            if (i == 2000) { w3c.Append("#Fields: date x sc-win32-status sc-status\n"); }
            if (i > 2000 && i % 3 == 0) { w3c.Append("2026-01-01 5 5 500\n"); }
        }
        SameMatches("CSV line by line", library.Scan(csv.ToString(), false), Line_(csv.ToString()));
        SameMatches("W3C line by line", library.Scan(w3c.ToString(), false), Line_(w3c.ToString()));
        Check("the header counts", library.Scan(csv.ToString(), false).Length >= 4000 && library.Scan(w3c.ToString(), false).Length >= 4000);
        Same("line numbers", 4001L, Line_(csv.ToString())[Line_(csv.ToString()).Length - 1].LineNumber);
    }

    static string Log(int lines)
    {
        StringBuilder log = new StringBuilder();
        for (int i = 0; i < lines; i++)
        {
            log.Append("2026-01-01 05:06:" + (i % 60).ToString("00") + " " + Wide + (i % 7 == 0 ? " failed, HRESULT = 0x8007000" + (i % 10) : " went well") + (i % 2 == 0 ? "\r\n" : "\n"));
        }
        return log.ToString();
    }

    static void ScanFiles()
    {
        string log = Log(20000);
        Match[] expected = library.Scan(log, false);
        Check("codes of the log", expected.Length > 2000);
        byte[] utf8 = Encoding.UTF8.GetBytes(log);
        SameMatches("UTF-8", expected, Scanned(File_("utf8.log", utf8)));
        SameMatches("UTF-8 with a mark", expected, Scanned(File_("mark.log", Join(new byte[] { 0xEF, 0xBB, 0xBF }, utf8))));
        SameMatches("UTF-16", expected, Scanned(File_("utf16.log", Join(new byte[] { 0xFF, 0xFE }, Encoding.Unicode.GetBytes(log)))));
        SameMatches("UTF-16, big end first", expected, Scanned(File_("utf16be.log", Join(new byte[] { 0xFE, 0xFF }, Encoding.BigEndianUnicode.GetBytes(log)))));
        string ascii = log.Replace(Wide, "plain");
        SameMatches("UTF-16 without a mark", library.Scan(ascii, false), Scanned(File_("utf16n.log", Encoding.Unicode.GetBytes(ascii))));
        SameMatches("UTF-16 without a mark, big end first", library.Scan(ascii, false), Scanned(File_("utf16ben.log", Encoding.BigEndianUnicode.GetBytes(ascii))));
        SameMatches("no end of the last line", library.Scan("HRESULT 0x80070005", false), Scanned(File_("end.log", Encoding.ASCII.GetBytes("HRESULT 0x80070005"))));
        Same("an empty file", 0, Scanned(File_("empty.log", new byte[0])).Length);
        Same("a mark alone", 0, Scanned(File_("only.log", new byte[] { 0xFF, 0xFE })).Length);
        string path = File_("path.log", Encoding.ASCII.GetBytes("HRESULT 0x80070005\n"));
        Same("the path", path, Scanned(path)[0].Path);
        // Old code pages: what is no UTF-8 becomes U+FFFD, and the code is found.
        Match old = Scanned(File_("ansi.log", Encoding.GetEncoding("iso-8859-1").GetBytes("Zugriff verweigert f\u00FCr HRESULT 0x80070005\n")))[0];
        Check("an old code page", old.Id == "hresult:0x80070005" && old.Line.Contains("f\uFFFDr"));
        // One line of eight megabytes, which is cut into pieces.
        StringBuilder longLine = new StringBuilder("\u6F22 ");
        while (longLine.Length < 8 << 20) { longLine.Append(Log(100).Replace("\r", " ").Replace("\n", " ")); }
        Match[] cut = Scanned(File_("long.log", Encoding.UTF8.GetBytes("first\n" + longLine + "\nHRESULT 0x80070005\n")));
        Match[] whole = library.Scan("first\n" + longLine + "\nHRESULT 0x80070005\n", false);
        Same("codes of a long line", whole.Length, cut.Length);
        for (int i = 0; i < whole.Length && i < cut.Length; i++)
        {
            if (whole[i].Column != cut[i].Column || whole[i].LineNumber != cut[i].LineNumber || whole[i].Id != cut[i].Id) { Failures.Add("code " + i + " of a long line: " + whole[i].LineNumber + ":" + whole[i].Column + " and " + cut[i].LineNumber + ":" + cut[i].Column); break; }
        }
        Fails("a missing file", delegate { library.OpenFile(Path.Combine(temporary, "missing.log"), null, null, false); }, "missing.log", "check its name");
        Fails("a folder", delegate { library.OpenFile(temporary, null, null, false); }, "is a folder", "Get-ChildItem");
        Fails("gzip", delegate { library.OpenFile(File_("x.gz", new byte[] { 0x1F, 0x8B, 8, 0 }), null, null, false); }, "gzip", "hexplain scan");
        Fails("zstd", delegate { library.OpenFile(File_("x.zst", new byte[] { 0x28, 0xB5, 0x2F, 0xFD, 0 }), null, null, false); }, "zstd", "hexplain scan");
        Fails("an event log", delegate { library.OpenFile(File_("x.evtx", Encoding.ASCII.GetBytes("ElfFile\0\0\0")), null, null, false); }, "event log", "hexplain scan");
        using (FileStream writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { Same("a file that is written to", 1, Scanned(path).Length); }
    }

    static byte[] Join(byte[] first, byte[] second)
    {
        byte[] all = new byte[first.Length + second.Length];
        first.CopyTo(all, 0);
        second.CopyTo(all, first.Length);
        return all;
    }

    const string Capture = "+-----+\n| Device State |\n+-----+\n\nAzureAdJoined : NO\nDomainJoined : YES\nDomainName : CONTOSO\nDevice Name : NB-1.corp.contoso.com\nError Phase : join\nClient ErrorCode : 0x801c03f2\n";

    static void Dsregcmd()
    {
        Diagnosis one = library.Diagnose(Capture, null, false)[0];
        Same("path", TextScan.Stream, one.Path);
        Check("capture", one.Capture == 1 && one.JoinState == "domain-joined" && one.Phase == "join" && one.CapturedAt == null && one.WorkplaceJoined == "unknown");
        Same("as text", "InputStream: domain-joined", one.ToString());
        Section section = one.Sections[0];
        Check("section", section.Name == "Device State" && section.Line > 0 && section.ToString() == section.Name && section.Fields[0].Name == "AzureAdJoined"
            && section.Fields[0].Value == "NO" && section.Fields[0].Line == 5 && section.Fields[0].ToString() == "AzureAdJoined : NO");
        Finding finding = one.Findings[0];
        Check("finding", finding.Severity == "error" && finding.Id.Length > 0 && finding.Title.Length > 0 && finding.Reason.Length > 0 && finding.Resolution.Length > 0 && finding.ToString().StartsWith("error: ", StringComparison.Ordinal));
        Check("evidence", Array.Exists(finding.Evidence, delegate(Evidence e) { return e.Line == 10 && e.Field == "Client ErrorCode" && e.Value == "0x801c03f2" && e.Section != null && e.ToString().StartsWith("line 10  ", StringComparison.Ordinal); }));
        Check("code", finding.Codes[0].Name == "DSREG_E_DIRECTORY_FAILURE" && finding.Codes[0].Advice.Length > 0);
        Check("described: " + one.Describe(), one.Describe().StartsWith("ERROR  ", StringComparison.Ordinal) && one.Describe().Contains("line 10  Client ErrorCode : 0x801c03f2"));
        Diagnosis hidden = library.Diagnose(Capture, null, true)[0];
        Check("redacted", hidden.Sections[0].Fields[2].Value != "CONTOSO" && !hidden.Describe().Contains("contoso") && hidden.Findings[0].Id == finding.Id);
        Same("two captures", 2, library.Diagnose(Capture + "\n" + Capture, null, false).Length);
        string path = File_("status.txt", Join(new byte[] { 0xFF, 0xFE }, Encoding.Unicode.GetBytes(Capture)));
        Diagnosis file = library.DiagnoseFile(path, null, false)[0];
        Check("a file in UTF-16", file.Path == path && file.Findings[0].Id == finding.Id);
        string times = Capture.Replace("AzureAdJoined : NO", "AzureAdJoined : YES").Replace("Error Phase : join\nClient ErrorCode : 0x801c03f2\n", "")
            + "DeviceCertificateValidity : [ 2021-05-26 07:44:12.000 UTC -- 2031-05-26 08:14:12.000 UTC ]\n";
        string early = library.Diagnose(times, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), false)[0].Describe();
        string late = library.Diagnose(times, new DateTime(2032, 1, 1, 0, 0, 0, DateTimeKind.Utc), false)[0].Describe();
        Check("a certificate ends when its time comes: " + late, early != late && late.Contains("certificate"));
        Same("a local time is the same time", late, library.Diagnose(times, new DateTime(2032, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToLocalTime(), false)[0].Describe());
        Fails("a time before 1970", delegate { library.Diagnose(times, new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc), false); }, "before 1970", "give the time");
        library.Diagnose(times, DateTime.MaxValue, false);
        Diagnosis client = library.Diagnose(Capture + "Client Time : 2026-11-26 09:30:00.000 UTC\n", null, false)[0];
        Check("the time of a capture: " + client.CapturedAt, client.CapturedAt == new DateTime(2026, 11, 26, 9, 30, 0, DateTimeKind.Utc) && client.CapturedAt.Value.Kind == DateTimeKind.Utc);
        Fails("no capture", delegate { library.Diagnose("hello\nworld", null, false); }, "The input holds no output of `dsregcmd /status`", "make one with");
        Fails("nothing", delegate { library.Diagnose("", null, false); }, "The input holds no output", "make one with");
        Fails("a file without a capture", delegate { library.DiagnoseFile(File_("no.txt", new byte[] { 1, 2, 3 }), null, false); }, "no.txt", "make one with");
        Fails("a missing capture", delegate { library.DiagnoseFile(Path.Combine(temporary, "none.txt"), null, false); }, "none.txt", "check its name");
    }

    /// <summary>The captures and logs of the project.</summary>
    static void Project(string tests)
    {
        int captures = 0, findings = 0;
        foreach (string path in Directory.GetFiles(Path.Combine(tests, "captures"), "*.txt"))
        {
            foreach (Diagnosis one in library.DiagnoseFile(path, null, false)) { captures++; findings += one.Findings.Length; one.Describe(); }
            library.DiagnoseFile(path, DateTime.UtcNow, true);
        }
        Check("captures: " + captures + " with " + findings + " findings", captures > 150 && findings > captures / 2);
        foreach (string path in Directory.GetFiles(Path.Combine(tests, "corpus"), "*.txt"))
        {
            byte[] bytes = File.ReadAllBytes(path);
            string text = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n");
            SameMatches(Path.GetFileName(path) + " as a file", library.Scan(text, false), Scanned(File_("corpus.txt", Encoding.UTF8.GetBytes(text))));
            SameMatches(Path.GetFileName(path) + " line by line", library.Scan(text, false), Line_(text.TrimEnd('\n')));
            // Three pieces, whose borders fall anywhere.
            byte[] repeated = Repeat(Encoding.UTF8.GetBytes(text), 1200 << 10);
            SameMatches(Path.GetFileName(path) + " in pieces", library.Scan(Encoding.UTF8.GetString(repeated), false), Scanned(File_("corpus.txt", repeated)));
        }
    }

    static byte[] Repeat(byte[] bytes, int least)
    {
        MemoryStream all = new MemoryStream();
        while (all.Length < least) { all.Write(bytes, 0, bytes.Length); }
        return all.ToArray();
    }

    static readonly string[] Inputs = { "0x801c03f2", "5", "nosuch", "0x80072ee2", "AADSTS50126", "12007", "E_ACCESSDENIED", "event 1081", Wide };

    static void Threads()
    {
        string[] expected = Array.ConvertAll<string, string>(Inputs, Mixed);
        int wrong = 0;
        List<Thread> threads = new List<Thread>();
        for (int t = 0; t < 8; t++)
        {
            int first = t;
            Thread thread = new Thread(delegate()
            {
                try
                {
                    for (int i = 0; i < 400; i++)
                    {
                        int which = (first + i) % Inputs.Length;
                        if (Mixed(Inputs[which]) != expected[which]) { Interlocked.Increment(ref wrong); }
                    }
                }
                catch (Exception error) { lock (Failures) { Failures.Add("a thread: " + error); } }
            });
            threads.Add(thread);
            thread.Start();
        }
        foreach (Thread thread in threads) { thread.Join(); }
        Same("wrong answers of 8 threads", 0, wrong);
    }

    static string Mixed(string input)
    {
        StringBuilder all = new StringBuilder(Ids(library.Resolve(input, null, null, null).Codes));
        foreach (Match match in library.Scan("HRESULT " + input + " \u6F22 failed with 0x80070005", false)) { all.Append(Show(match, true)); }
        foreach (ErrorCode code in library.Search("certificate expired", null, 3)) { all.Append(code.Id); }
        Entry entry = library.Lookup("hresult", 0x80070005);
        return all.Append(entry.Name).Append(library.Guides("domain-services", null)[0].Title).ToString();
    }

    static long WorkingSet()
    {
        for (int i = 0; i < 3; i++) { GC.Collect(); GC.WaitForPendingFinalizers(); }
        using (Process process = Process.GetCurrentProcess()) { return process.WorkingSet64; }
    }

    static void Calls(int count)
    {
        for (int i = 0; i < count; i++)
        {
            // All kinds, the cheap ones oftener.
            int kind = i % 100;
            if (kind < 20) { library.Scan("HRESULT 0x80070005 and AADSTS50126", false); }
            else if (kind < 40) { library.Lookup("hresult", 0x80070005); }
            else if (kind < 45) { library.Resolve(new UnauthorizedAccessException("no"), null, null, null); }
            else if (kind == 45) { library.Diagnose(Capture, null, true); }
            else if (kind == 46) { library.Search("certificate", new string[] { "aadsts" }, 2); }
            else if (kind == 47) { try { library.Explain("5", new string[] { "nope" }); } catch (HexplainException) { } }
            else { library.ExplainJson(Inputs[i % Inputs.Length], null); }
        }
    }

    static void Memory()
    {
        Calls(20000);
        // What the program keeps is counted exactly; what the library keeps shows in the working set alone, where a leak grows
        // with every round, and what a collector keeps for itself only with some.
        long set = WorkingSet(), kept = GC.GetTotalMemory(true), least = long.MaxValue, leastKept = long.MaxValue;
        string shown = (set >> 10) + " (" + (kept >> 10) + ")";
        for (int round = 0; round < 3 && (least >= 1 << 20 || leastKept >= 256 << 10); round++)
        {
            Calls(100000);
            long nowSet = WorkingSet(), nowKept = GC.GetTotalMemory(true);
            shown += " " + (nowSet >> 10) + " (" + (nowKept >> 10) + ")";
            least = Math.Min(least, nowSet - set);
            leastKept = Math.Min(leastKept, nowKept - kept);
            set = nowSet;
            kept = nowKept;
        }
        Console.WriteLine("memory: the working set, and in it the objects, in KiB, every 100000 calls: " + shown);
        Check("memory grows with every call: " + shown, least < 1 << 20 && leastKept < 256 << 10);
    }

    static double Time(int count, Action body)
    {
        double best = double.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            for (int i = 0; i < count; i++) { body(); }
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds * 1e6 / count);
        }
        return best;
    }

    static void Times()
    {
        double miss = Time(100000, delegate { library.Lookup("hresult", 0x8123ABCD); });
        double name = Time(100000, delegate { library.Name("hresult", 0x80070005); });
        double hit = Time(100000, delegate { library.Lookup("hresult", 0x80070005); });
        double json = Time(10000, delegate { library.ExplainJson("0x80072ee2", null); });
        double objects = Time(2000, delegate { library.Explain("0x80072ee2", null); });
        Console.WriteLine(string.Format(CultureInfo.InvariantCulture,
            "times: a look-up that misses {0:0} ns, a name {1:0} ns, an entry as an object {2:0} ns; an explanation as JSON {3:0.0} us, as objects {4:0.0} us", miss, name, hit, json / 1000, objects / 1000));
    }
}
