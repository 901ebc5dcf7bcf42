// hexplain for PowerShell: everything that the module knows. MIT OR Apache-2.0.
//
// The functions of Hexplain.psm1 are thin; what they do stands here, where tests/Checks.cs can reach it without PowerShell.
// Native loads the library and holds its functions, Json reads what they write, the classes of the model are what a caller
// gets, Library makes them. The language is C# 5 and the framework .NET 4.5 with mscorlib and System alone, since
// Add-Type of Windows PowerShell 5.1 has no more; and the text is ASCII, which every compiler reads alike.
//
// The invariants: texts cross the boundary as UTF-8 bytes, never as marshalled strings; no exception crosses it; a Library
// does not change once it is open, so that any thread may use it; every error is a sentence that says what to do.

using System;
using System.Collections;
using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hexplain
{
    /// <summary>What went wrong and what to do about it, in full sentences.</summary>
    public sealed class HexplainException : Exception
    {
        public HexplainException(string message) : base(message) { }
    }

    // ---------------------------------------------------------------------------------------------------------------
    // The native library.

    /// <summary>Which native library a process needs.</summary>
    public static class Platform
    {
        public static bool IsWindows { get { return Environment.OSVersion.Platform == PlatformID.Win32NT; } }

        /// <summary>Unix that is not macOS, which both call themselves Unix.</summary>
        public static bool IsLinux
        {
            get
            {
                return Environment.OSVersion.Platform == PlatformID.Unix
                    && !File.Exists("/System/Library/CoreServices/SystemVersion.plist");
            }
        }

        /// <summary>X86, X64, Arm64 and so on; null where the framework is too old to tell, which runs on x86 and x64 alone.</summary>
        public static string Architecture
        {
            get
            {
                // .NET 4.7.1 brought the type, and the language of 4.5 can ask for it only so.
                const string name = "System.Runtime.InteropServices.RuntimeInformation";
                Type type = Type.GetType(name) ?? Type.GetType(name + ", " + name);
                PropertyInfo property = type == null ? null : type.GetProperty("ProcessArchitecture");
                return property == null ? null : Convert.ToString(property.GetValue(null, null), CultureInfo.InvariantCulture);
            }
        }

        /// <summary>The name of the folder below runtimes/; an error where there is no library for such a process.</summary>
        public static string Rid(bool isWindows, bool isLinux, int pointerSize, string architecture)
        {
            if (!isWindows && !isLinux)
            {
                throw new HexplainException("The module Hexplain runs on Windows and Linux, and this is another system; use the command line of hexplain here.");
            }
            if (pointerSize != 8)
            {
                throw new HexplainException("The module Hexplain needs a 64-bit process, and this is a 32-bit one; "
                    + (isWindows ? "start the PowerShell without `(x86)` in its name." : "start a 64-bit PowerShell."));
            }
            if (architecture != null && !string.Equals(architecture, "X64", StringComparison.OrdinalIgnoreCase))
            {
                throw new HexplainException("The module Hexplain has native libraries for x64 alone, and this is an " + architecture.ToUpperInvariant()
                    + " process; start an x64 PowerShell" + (isWindows ? ", which Windows emulates." : ", or build the command line of hexplain for this machine."));
            }
            return isWindows ? "win-x64" : "linux-x64";
        }

        /// <summary>Where the native library stands below the folder of the module.</summary>
        public static string LibraryPath(string moduleFolder)
        {
            string rid = Rid(IsWindows, IsLinux, IntPtr.Size, Architecture);
            string name = IsWindows ? "hexplain_ffi.dll" : "libhexplain_ffi.so";
            return Path.Combine(Path.Combine(Path.Combine(Path.Combine(Path.GetFullPath(moduleFolder), "runtimes"), rid), "native"), name);
        }
    }

    /// <summary>The functions of the native library, bound by name after it was loaded by its full path.</summary>
    internal sealed class Native
    {
        internal const int Ok = 0;
        internal const int NotFound = 1;
        internal const int BufferTooSmall = 5;
        internal const int NoCapture = 8;
        /// <summary>The interface that this file is written for; the number of ffi/include/hexplain.h.</summary>
        internal const uint AbiVersion = 100;

        /// <summary>hexplain_str.</summary>
        [StructLayout(LayoutKind.Sequential)]
        internal struct Text
        {
            internal IntPtr Pointer;
            internal UIntPtr Length;

            /// <summary>Null where there is no text.</summary>
            internal string Read()
            {
                if (Pointer == IntPtr.Zero) { return null; }
                byte[] bytes = new byte[checked((int)Length.ToUInt64())];
                Marshal.Copy(Pointer, bytes, 0, bytes.Length);
                return Encoding.UTF8.GetString(bytes);
            }
        }

        /// <summary>hexplain_entry.</summary>
        [StructLayout(LayoutKind.Sequential)]
        internal struct Row
        {
            internal uint Family;
            internal uint Value;
            internal uint Index;
            internal uint Severity;
            internal uint Basis;
            internal uint AliasCount;
            internal uint AdviceCount;
            internal Text Name;
            internal Text Summary;
            internal Text Context;
        }

        /// <summary>hexplain_match.</summary>
        [StructLayout(LayoutKind.Sequential)]
        internal struct Hit
        {
            internal UIntPtr Start;
            internal UIntPtr End;
            internal uint Family;
            internal uint Value;
            internal uint Confidence;
            internal uint Index;
            internal Text Name;
            internal Text Summary;
        }

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate uint NumberFunction();
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int TextFunction(out Text text);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int StatusTextFunction(int status, out Text text);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int FamilyNameFunction(uint family, out Text text);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int NameFunction(uint family, uint value, out Text text);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int LookupFunction(uint family, uint value, uint index, out Row row);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int ExplainFunction(byte[] input, UIntPtr length, uint[] families, UIntPtr familyCount, byte[] buffer, UIntPtr capacity, out UIntPtr needed);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int SearchFunction(byte[] words, UIntPtr length, uint[] families, UIntPtr familyCount, UIntPtr limit, byte[] buffer, UIntPtr capacity, out UIntPtr needed);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int GuideFunction(byte[] scenario, UIntPtr length, byte[] buffer, UIntPtr capacity, out UIntPtr needed);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int OnMatch(IntPtr found, IntPtr context);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int ScanFunction(byte[] text, UIntPtr length, uint flags, OnMatch onMatch, IntPtr context);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int ScanJsonFunction(byte[] text, UIntPtr length, uint flags, byte[] buffer, UIntPtr capacity, out UIntPtr needed);
        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        internal delegate int DsregcmdFunction(byte[] status, UIntPtr length, long now, uint flags, byte[] buffer, UIntPtr capacity, out UIntPtr needed);

        internal readonly uint Abi;
        internal readonly TextFunction Version;
        internal readonly TextFunction DataVersion;
        internal readonly StatusTextFunction StatusText;
        internal readonly NumberFunction FamilyCount;
        internal readonly FamilyNameFunction FamilyName;
        internal readonly NameFunction Name;
        internal readonly LookupFunction Lookup;
        internal readonly ExplainFunction Explain;
        internal readonly SearchFunction Search;
        internal readonly GuideFunction Guide;
        internal readonly ScanFunction Scan;
        internal readonly ScanJsonFunction ScanJson;
        internal readonly DsregcmdFunction Dsregcmd;

        readonly string path;
        readonly IntPtr module;

        /// <summary>Loads a library, which then stays until the process ends: delegates to it may live as long.</summary>
        internal Native(string path)
        {
            this.path = path;
            if (!File.Exists(path))
            {
                throw new HexplainException("The native library " + path + " is missing; install the module Hexplain anew, or make it with `powershell/build` from a checkout.");
            }
            module = Platform.IsWindows ? LoadOnWindows(path) : LoadOnUnix(path);
            NumberFunction abi = (NumberFunction)Bind("hexplain_abi_version", typeof(NumberFunction));
            Abi = abi();
            CheckAbi(path, Abi);
            Version = (TextFunction)Bind("hexplain_version", typeof(TextFunction));
            DataVersion = (TextFunction)Bind("hexplain_data_version", typeof(TextFunction));
            StatusText = (StatusTextFunction)Bind("hexplain_status_text", typeof(StatusTextFunction));
            FamilyCount = (NumberFunction)Bind("hexplain_family_count", typeof(NumberFunction));
            FamilyName = (FamilyNameFunction)Bind("hexplain_family_name", typeof(FamilyNameFunction));
            Name = (NameFunction)Bind("hexplain_name", typeof(NameFunction));
            Lookup = (LookupFunction)Bind("hexplain_lookup", typeof(LookupFunction));
            Explain = (ExplainFunction)Bind("hexplain_explain_json", typeof(ExplainFunction));
            Search = (SearchFunction)Bind("hexplain_search_json", typeof(SearchFunction));
            Guide = (GuideFunction)Bind("hexplain_guide_json", typeof(GuideFunction));
            Scan = (ScanFunction)Bind("hexplain_scan", typeof(ScanFunction));
            ScanJson = (ScanJsonFunction)Bind("hexplain_scan_json", typeof(ScanJsonFunction));
            Dsregcmd = (DsregcmdFunction)Bind("hexplain_dsregcmd_json", typeof(DsregcmdFunction));
        }

        /// <summary>The hundreds must be the same, and the library's number at least as large: so the header has it.</summary>
        internal static void CheckAbi(string path, uint abi)
        {
            if (abi / 100 != AbiVersion / 100 || abi < AbiVersion)
            {
                throw new HexplainException("The native library " + path + " has version " + abi.ToString(CultureInfo.InvariantCulture)
                    + " of the interface, and the module needs version " + AbiVersion.ToString(CultureInfo.InvariantCulture)
                    + "; install module and library of one release.");
            }
        }

        Delegate Bind(string name, Type type)
        {
            IntPtr address = Platform.IsWindows ? GetProcAddress(module, name) : Symbol(module, name);
            if (address == IntPtr.Zero)
            {
                throw new HexplainException("The file " + path + " has no function `" + name
                    + "`, so it is no library of hexplain, or one of another release; install module and library of one release.");
            }
            return Marshal.GetDelegateForFunctionPointer(address, type);
        }

        // Exact names, wide or ASCII: nothing is left to the marshaller's choice.
        [DllImport("kernel32.dll", CharSet = CharSet.Unicode, ExactSpelling = true, SetLastError = true)]
        static extern IntPtr LoadLibraryExW(string path, IntPtr file, uint flags);
        [DllImport("kernel32.dll", CharSet = CharSet.Ansi, ExactSpelling = true, SetLastError = true, BestFitMapping = false)]
        static extern IntPtr GetProcAddress(IntPtr module, string name);

        static IntPtr LoadOnWindows(string path)
        {
            // What the library needs comes from its own folder or from System32, never from the current folder.
            const uint dllLoadDir = 0x100, system32 = 0x800;
            IntPtr module = LoadLibraryExW(path, IntPtr.Zero, dllLoadDir | system32);
            if (module != IntPtr.Zero) { return module; }
            int error = Marshal.GetLastWin32Error();
            string remedy = "install the module Hexplain anew";
            if (error == 126) { remedy = "something that it needs is missing, so use Windows 10 or later, and install the module Hexplain anew"; }
            if (error == 193) { remedy = "it is no library for x64, so install the module Hexplain anew"; }
            if (error == 5 || error == 1260 || error == 4551) { remedy = "the rights to the file or a policy of this machine forbid it, so ask who administers it to allow the file"; }
            throw new HexplainException("The native library " + path + " cannot be loaded (Win32 error " + error.ToString(CultureInfo.InvariantCulture) + "); " + remedy + ".");
        }

        // Where they stand depends on the C library: glibc has the first, musl the second.
        [DllImport("libdl.so.2", EntryPoint = "dlopen")]
        static extern IntPtr DlopenOfLibdl(byte[] path, int flags);
        [DllImport("libdl.so.2", EntryPoint = "dlsym")]
        static extern IntPtr DlsymOfLibdl(IntPtr module, byte[] name);
        [DllImport("libdl.so.2", EntryPoint = "dlerror")]
        static extern IntPtr DlerrorOfLibdl();
        [DllImport("libc", EntryPoint = "dlopen")]
        static extern IntPtr DlopenOfLibc(byte[] path, int flags);
        [DllImport("libc", EntryPoint = "dlsym")]
        static extern IntPtr DlsymOfLibc(IntPtr module, byte[] name);
        [DllImport("libc", EntryPoint = "dlerror")]
        static extern IntPtr DlerrorOfLibc();

        static IntPtr LoadOnUnix(string path)
        {
            const int now = 2;
            byte[] bytes = Encoding.UTF8.GetBytes(path + "\0");
            IntPtr error;
            IntPtr module;
            try { module = OpenByLibdl(bytes, now, out error); }
            catch (TypeLoadException) { module = OpenByLibc(bytes, now, out error); } // The library or the function is not there.
            if (module != IntPtr.Zero) { return module; }
            string why = error == IntPtr.Zero ? "no reason was given" : CText(error);
            // The loader's text begins with the path, which the sentence has already.
            if (why.StartsWith(path + ": ", StringComparison.Ordinal)) { why = why.Substring(path.Length + 2); }
            throw new HexplainException("The native library " + path + " cannot be loaded (" + why
                + "); it needs Linux on x64 with glibc, so install the module Hexplain anew, or use the command line of hexplain.");
        }

        static IntPtr Symbol(IntPtr module, string name)
        {
            byte[] bytes = Encoding.ASCII.GetBytes(name + "\0");
            try { return SymbolByLibdl(module, bytes); }
            catch (TypeLoadException) { return SymbolByLibc(module, bytes); }
        }

        // Apart, since Mono looks for every function of a method when it compiles the method.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static IntPtr OpenByLibdl(byte[] path, int flags, out IntPtr error)
        {
            IntPtr module = DlopenOfLibdl(path, flags);
            error = module == IntPtr.Zero ? DlerrorOfLibdl() : IntPtr.Zero;
            return module;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static IntPtr OpenByLibc(byte[] path, int flags, out IntPtr error)
        {
            IntPtr module = DlopenOfLibc(path, flags);
            error = module == IntPtr.Zero ? DlerrorOfLibc() : IntPtr.Zero;
            return module;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static IntPtr SymbolByLibdl(IntPtr module, byte[] name) { return DlsymOfLibdl(module, name); }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static IntPtr SymbolByLibc(IntPtr module, byte[] name) { return DlsymOfLibc(module, name); }

        static string CText(IntPtr pointer)
        {
            int length = 0;
            while (Marshal.ReadByte(pointer, length) != 0) { length++; }
            byte[] bytes = new byte[length];
            Marshal.Copy(pointer, bytes, 0, length);
            return Encoding.UTF8.GetString(bytes);
        }
    }

    // ---------------------------------------------------------------------------------------------------------------
    // JSON.

    /// <summary>
    /// Reads JSON as RFC 8259 has it and nothing else: objects as dictionaries, lists, texts, numbers as long, ulong or
    /// double, true, false, null. A key that stands twice, half a surrogate pair and 64 levels are errors too.
    /// </summary>
    public sealed class Json
    {
        /// <summary>How many levels objects and lists may be nested.</summary>
        public const int Levels = 64;

        readonly string text;
        int at;
        int level;

        Json(string text) { this.text = text; }

        /// <summary>One value and nothing behind it.</summary>
        public static object Read(string text)
        {
            Json reader = new Json(text);
            reader.Blanks();
            object value = reader.Value();
            reader.Blanks();
            if (reader.at < text.Length) { throw reader.Error("something follows the value"); }
            return value;
        }

        /// <summary>Values, one a line.</summary>
        public static List<object> ReadLines(string text)
        {
            List<object> values = new List<object>();
            Json reader = new Json(text);
            reader.Blanks();
            while (reader.at < text.Length)
            {
                values.Add(reader.Value());
                int end = reader.at;
                reader.Blanks();
                if (reader.at < text.Length && text.IndexOf('\n', end, reader.at - end) < 0) { throw reader.Error("two values stand in one line"); }
            }
            return values;
        }

        HexplainException Error(string what)
        {
            return new HexplainException("The JSON cannot be read: " + what + " at character " + (at + 1).ToString(CultureInfo.InvariantCulture)
                + "; install module and library of one release.");
        }

        void Blanks()
        {
            while (at < text.Length && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) { at++; }
        }

        object Value()
        {
            if (at == text.Length) { throw Error("it ends where a value belongs"); }
            switch (text[at])
            {
                case '{': return Object();
                case '[': return Array();
                case '"': return String();
                case 't': return Word("true", true);
                case 'f': return Word("false", false);
                case 'n': return Word("null", null);
                default: return Number();
            }
        }

        object Word(string word, object value)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0) { throw Error("there is no value"); }
            at += word.Length;
            return value;
        }

        void Enter()
        {
            if (++level > Levels) { throw Error("it is nested deeper than " + Levels.ToString(CultureInfo.InvariantCulture) + " levels"); }
            at++;
            Blanks();
        }

        /// <summary>Behind an element: true if another follows, false at the end of the object or list.</summary>
        bool Continues(char end)
        {
            Blanks();
            if (at < text.Length && text[at] == ',') { at++; Blanks(); return true; }
            if (at < text.Length && text[at] == end) { at++; level--; return false; }
            throw Error("a comma or `" + end + "` is missing");
        }

        bool Ends(char end)
        {
            if (at == text.Length || text[at] != end) { return false; }
            at++;
            level--;
            return true;
        }

        Dictionary<string, object> Object()
        {
            Dictionary<string, object> members = new Dictionary<string, object>(StringComparer.Ordinal);
            Enter();
            if (Ends('}')) { return members; }
            do
            {
                if (at == text.Length || text[at] != '"') { throw Error("a key is missing"); }
                string key = String();
                Blanks();
                if (at == text.Length || text[at] != ':') { throw Error("a colon is missing"); }
                at++;
                Blanks();
                if (members.ContainsKey(key)) { throw Error("the key `" + key + "` stands twice"); }
                members.Add(key, Value());
            }
            while (Continues('}'));
            return members;
        }

        List<object> Array()
        {
            List<object> items = new List<object>();
            Enter();
            if (Ends(']')) { return items; }
            do { items.Add(Value()); } while (Continues(']'));
            return items;
        }

        string String()
        {
            int start = ++at;
            StringBuilder built = null;
            while (true)
            {
                if (at == text.Length) { throw Error("a text does not end"); }
                char c = text[at];
                if (c == '"')
                {
                    string rest = text.Substring(start, at - start);
                    at++;
                    return built == null ? rest : built.Append(rest).ToString();
                }
                if (c < ' ') { throw Error("a control character stands in a text"); }
                if (char.IsSurrogate(c))
                {
                    if (!char.IsHighSurrogate(c) || at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])) { throw Error("half a surrogate pair stands in a text"); }
                    at += 2;
                    continue;
                }
                if (c != '\\') { at++; continue; }
                if (built == null) { built = new StringBuilder(); }
                built.Append(text, start, at - start);
                Escape(built);
                start = at;
            }
        }

        void Escape(StringBuilder built)
        {
            at++;
            char c = at < text.Length ? text[at] : ' ';
            int which = "\"\\/bfnrt".IndexOf(c);
            if (which >= 0)
            {
                built.Append("\"\\/\b\f\n\r\t"[which]);
                at++;
                return;
            }
            if (c != 'u') { throw Error("there is no such escape"); }
            at++;
            char unit = Unit();
            built.Append(unit);
            if (!char.IsSurrogate(unit)) { return; }
            bool paired = char.IsHighSurrogate(unit) && string.CompareOrdinal(text, at, "\\u", 0, 2) == 0;
            if (paired)
            {
                at += 2;
                char second = Unit();
                paired = char.IsLowSurrogate(second);
                built.Append(second);
            }
            if (!paired) { throw Error("half a surrogate pair stands in a text"); }
        }

        char Unit()
        {
            int unit = 0;
            for (int end = at + 4; at < end; at++)
            {
                int digit = at < text.Length ? "0123456789abcdef".IndexOf(char.ToLowerInvariant(text[at])) : -1;
                // The Kelvin sign and its like lower to ASCII; none of them is a digit.
                if (digit < 0 || text[at] > 'f') { throw Error("four hexadecimal digits are missing"); }
                unit = unit * 16 + digit;
            }
            return (char)unit;
        }

        bool Digits()
        {
            int start = at;
            while (at < text.Length && text[at] >= '0' && text[at] <= '9') { at++; }
            return at > start;
        }

        object Number()
        {
            int start = at;
            if (at < text.Length && text[at] == '-') { at++; }
            int first = at;
            if (!Digits()) { at = start; throw Error("there is no value"); }
            if (text[first] == '0' && at - first > 1) { at = first; throw Error("a number begins with 0"); }
            bool whole = true;
            if (at < text.Length && text[at] == '.')
            {
                whole = false;
                at++;
                if (!Digits()) { throw Error("digits are missing"); }
            }
            if (at < text.Length && (text[at] == 'e' || text[at] == 'E'))
            {
                whole = false;
                at++;
                if (at < text.Length && (text[at] == '+' || text[at] == '-')) { at++; }
                if (!Digits()) { throw Error("digits are missing"); }
            }
            string number = text.Substring(start, at - start);
            long small;
            ulong large;
            double real;
            if (whole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out small)) { return small; }
            if (whole && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out large)) { return large; }
            // .NET Framework refuses what is too large, and .NET makes it infinite.
            if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out real) || double.IsInfinity(real)) { throw Error("a number is too large"); }
            return real;
        }
    }

    /// <summary>The members of an object, with the type that each must have. What is not asked for is ignored.</summary>
    internal struct Members
    {
        readonly Dictionary<string, object> members;

        internal Members(object value)
        {
            members = value as Dictionary<string, object>;
            if (members == null) { throw new HexplainException("The JSON cannot be read: an object is missing; install module and library of one release."); }
        }

        static HexplainException Wrong(string key, string what)
        {
            return new HexplainException("The JSON cannot be read: `" + key + "` is not " + what + "; install module and library of one release.");
        }

        object Get(string key)
        {
            object value;
            return members.TryGetValue(key, out value) ? value : null;
        }

        /// <summary>A text; null where there is none.</summary>
        internal string Text(string key)
        {
            object value = Get(key);
            if (value != null && !(value is string)) { throw Wrong(key, "a text"); }
            return (string)value;
        }

        internal long? Number(string key, long least, long most)
        {
            object value = Get(key);
            if (value == null) { return null; }
            if (!(value is long) || (long)value < least || (long)value > most) { throw Wrong(key, "a number of its range"); }
            return (long)value;
        }

        internal int Int(string key) { return (int)(Number(key, int.MinValue, int.MaxValue) ?? 0); }

        internal bool Flag(string key)
        {
            object value = Get(key);
            if (value != null && !(value is bool)) { throw Wrong(key, "true or false"); }
            return value != null && (bool)value;
        }

        internal bool Has(string key) { return Get(key) != null; }

        internal Members Member(string key) { return new Members(Get(key)); }

        List<object> Items(string key)
        {
            object value = Get(key);
            if (value != null && !(value is List<object>)) { throw Wrong(key, "a list"); }
            return (List<object>)value ?? new List<object>();
        }

        internal string[] Texts(string key)
        {
            List<object> items = Items(key);
            string[] texts = new string[items.Count];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = items[i] as string;
                if (texts[i] == null) { throw Wrong(key, "a list of texts"); }
            }
            return texts;
        }

        internal T[] Objects<T>(string key, Func<Members, T> make)
        {
            List<object> items = Items(key);
            T[] objects = new T[items.Count];
            for (int i = 0; i < objects.Length; i++) { objects[i] = make(new Members(items[i])); }
            return objects;
        }
    }

    // ---------------------------------------------------------------------------------------------------------------
    // The model: the objects of schema/, with the keys in PascalCase. A text that is not there is null, a list empty.

    /// <summary>A page or header that texts rest on.</summary>
    public sealed class Source
    {
        public string Title { get; private set; }
        public string Url { get; private set; }
        public string Date { get; private set; }

        internal static Source Of(Members m) { return new Source { Title = m.Text("title"), Url = m.Text("url"), Date = m.Text("date") }; }
        public override string ToString() { return Title; }
    }

    /// <summary>Further reading.</summary>
    public sealed class Link
    {
        public string Title { get; private set; }
        public string Url { get; private set; }

        internal static Link Of(Members m) { return new Link { Title = m.Text("title"), Url = m.Text("url") }; }
        public override string ToString() { return Title + " " + Url; }
    }

    /// <summary>An event of a Windows event log.</summary>
    public sealed class Event
    {
        public string Channel { get; private set; }
        public int Id { get; private set; }
        public string Meaning { get; private set; }

        internal static Event Of(Members m) { return new Event { Channel = m.Text("channel"), Id = m.Int("id"), Meaning = m.Text("meaning") }; }
        public override string ToString() { return "Event " + Id.ToString(CultureInfo.InvariantCulture) + " of " + Channel + ": " + Meaning; }
    }

    /// <summary>Whether trying again helps.</summary>
    public sealed class Retry
    {
        /// <summary>unstated, never, later or after.</summary>
        public string When { get; private set; }
        public long? AfterSeconds { get; private set; }

        internal static Retry Of(Members m) { return new Retry { When = m.Text("when"), AfterSeconds = m.Number("after_seconds", 0, uint.MaxValue) }; }
        public override string ToString() { return AfterSeconds == null ? When : "after " + AfterSeconds.Value.ToString(CultureInfo.InvariantCulture) + " seconds"; }
    }

    /// <summary>Why a code arises in one phase of one scenario, and what to do.</summary>
    public sealed class Advice
    {
        public string Id { get; private set; }
        public string Scenario { get; private set; }
        public string Phase { get; private set; }
        public string AppliesTo { get; private set; }
        public string Who { get; private set; }
        public string[] Reason { get; private set; }
        public string[] Resolution { get; private set; }
        public Retry Retry { get; private set; }
        public string[] Endpoints { get; private set; }
        public Event[] Events { get; private set; }
        public Link[] Links { get; private set; }
        public Source[] Sources { get; private set; }

        internal static Advice Of(Members m)
        {
            return new Advice
            {
                Id = m.Text("id"), Scenario = m.Text("scenario"), Phase = m.Text("phase"), AppliesTo = m.Text("applies_to"), Who = m.Text("who"),
                Reason = m.Texts("reason"), Resolution = m.Texts("resolution"), Retry = m.Has("retry") ? Retry.Of(m.Member("retry")) : null,
                Endpoints = m.Texts("endpoints"), Events = m.Objects<Event>("events", Event.Of), Links = m.Objects<Link>("links", Link.Of),
                Sources = m.Objects<Source>("sources", Source.Of)
            };
        }

        /// <summary>It in lines for a person, without a line's end behind the last.</summary>
        public override string ToString()
        {
            Lines lines = new Lines();
            lines.Add(Scenario + (Phase == null ? "" : ", phase " + Phase) + (AppliesTo == null ? "" : " (" + AppliesTo + ")"));
            lines.Add("  Why  ", Reason);
            lines.Add("  Do   ", Resolution);
            lines.Add("  Who  ", Who);
            lines.Add("  Reach  ", Endpoints);
            return lines.ToString();
        }
    }

    /// <summary>The bits of a number as an HRESULT.</summary>
    public sealed class HresultFields
    {
        public string Severity { get; private set; }
        public bool Reserved { get; private set; }
        public bool Customer { get; private set; }
        public bool Nt { get; private set; }
        public bool X { get; private set; }
        public int Facility { get; private set; }
        public string FacilityName { get; private set; }
        public int Code { get; private set; }

        internal static HresultFields Of(Members m)
        {
            return new HresultFields
            {
                Severity = m.Text("severity"), Reserved = m.Flag("reserved"), Customer = m.Flag("customer"), Nt = m.Flag("nt"), X = m.Flag("x"),
                Facility = m.Int("facility"), FacilityName = m.Text("facility_name"), Code = m.Int("code")
            };
        }

        public override string ToString() { return Bits.Show(Severity, Facility, FacilityName, Code); }
    }

    /// <summary>The bits of a number as an NTSTATUS.</summary>
    public sealed class NtStatusFields
    {
        public string Severity { get; private set; }
        public bool Customer { get; private set; }
        public bool Nt { get; private set; }
        public int Facility { get; private set; }
        public string FacilityName { get; private set; }
        public int Code { get; private set; }

        internal static NtStatusFields Of(Members m)
        {
            return new NtStatusFields
            {
                Severity = m.Text("severity"), Customer = m.Flag("customer"), Nt = m.Flag("nt"),
                Facility = m.Int("facility"), FacilityName = m.Text("facility_name"), Code = m.Int("code")
            };
        }

        public override string ToString() { return Bits.Show(Severity, Facility, FacilityName, Code); }
    }

    static class Bits
    {
        internal static string Show(string severity, int facility, string name, int code)
        {
            return severity + ", facility " + facility.ToString(CultureInfo.InvariantCulture) + (name == null ? "" : " " + name)
                + ", code " + code.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The two readings of a number's bits.</summary>
    public sealed class Fields
    {
        public HresultFields Hresult { get; private set; }
        public NtStatusFields NtStatus { get; private set; }

        internal static Fields Of(Members m) { return new Fields { Hresult = HresultFields.Of(m.Member("hresult")), NtStatus = NtStatusFields.Of(m.Member("ntstatus")) }; }
        public override string ToString() { return "HRESULT: " + Hresult + "; NTSTATUS: " + NtStatus; }
    }

    /// <summary>One reading of an input, or one result of a search.</summary>
    public sealed class ErrorCode
    {
        /// <summary>What was asked for; null for a result of a search and for a code inside another.</summary>
        public string Input { get; internal set; }
        public string Id { get; private set; }
        public string Family { get; private set; }
        /// <summary>As its family is written, such as 0x80070005 or AADSTS50126.</summary>
        public string Code { get; private set; }
        public uint? Unsigned { get; private set; }
        public int? Signed { get; private set; }
        public string Name { get; private set; }
        public string[] Aliases { get; private set; }
        public string Severity { get; private set; }
        public string Summary { get; private set; }
        public string Basis { get; private set; }
        public string[] Notes { get; private set; }
        /// <summary>Why the input is read so.</summary>
        public string Why { get; private set; }
        public int Rank { get; private set; }
        public string Confidence { get; private set; }
        public Advice[] Advice { get; private set; }
        /// <summary>The codes that this one carries.</summary>
        public ErrorCode[] Wraps { get; private set; }
        public Source[] Sources { get; private set; }
        /// <summary>The bits of the number that was asked for; null where the input was no number.</summary>
        public Fields Fields { get; internal set; }

        internal static ErrorCode Of(Members m)
        {
            return new ErrorCode
            {
                Id = m.Text("id"), Family = m.Text("family"), Code = m.Text("code"),
                Unsigned = (uint?)m.Number("unsigned", 0, uint.MaxValue), Signed = (int?)m.Number("signed", int.MinValue, int.MaxValue),
                Name = m.Text("name"), Aliases = m.Texts("aliases"), Severity = m.Text("severity"), Summary = m.Text("summary"), Basis = m.Text("basis"),
                Notes = m.Texts("notes"), Why = m.Text("why"), Rank = m.Int("rank"), Confidence = m.Text("confidence"),
                Advice = m.Objects<Advice>("advice", Hexplain.Advice.Of), Wraps = m.Objects<ErrorCode>("wraps", Of), Sources = m.Objects<Source>("sources", Source.Of)
            };
        }

        /// <summary>Leaves the advice of a scenario and phase alone; null stands for all.</summary>
        internal void Keep(string scenario, string phase)
        {
            Advice = System.Array.FindAll(Advice, delegate(Advice advice) { return Words.Match(scenario, advice.Scenario) && Words.Match(phase, advice.Phase); });
            foreach (ErrorCode wrapped in Wraps) { wrapped.Keep(scenario, phase); }
        }

        /// <summary>Its own advice, and that of what it carries.</summary>
        internal IEnumerable<Advice> Advised()
        {
            foreach (Advice advice in Advice) { yield return advice; }
            foreach (ErrorCode wrapped in Wraps)
            {
                foreach (Advice advice in wrapped.Advised()) { yield return advice; }
            }
        }

        /// <summary>What to do about it, or where nothing is said of it, about what it carries, in lines for a person.</summary>
        public string Describe()
        {
            Lines lines = new Lines();
            foreach (Advice advice in Advice) { lines.Add(advice.ToString()); }
            if (Advice.Length == 0)
            {
                foreach (ErrorCode wrapped in Wraps) { if (wrapped.Advice.Length > 0) { lines.Add(wrapped.Describe()); } }
            }
            return lines.ToString();
        }

        public override string ToString() { return Name == null ? Code : Code + " " + Name; }

        /// <summary>It with its family and summary, as one line.</summary>
        public string ToLine() { return Family + " " + ToString() + (Summary == null ? "" : ": " + Summary); }
    }

    /// <summary>All readings of one input.</summary>
    public sealed class Explanation
    {
        public string Input { get; private set; }
        /// <summary>Best first.</summary>
        public ErrorCode[] Candidates { get; private set; }
        public Fields Fields { get; private set; }
        /// <summary>Symbols near a misspelt name.</summary>
        public string[] Suggestions { get; private set; }
        /// <summary>Why the input holds no readable code or name; null where it does, known or not.</summary>
        public string Error { get; private set; }

        internal static Explanation Of(Members m)
        {
            Explanation made = new Explanation
            {
                Input = m.Text("input"), Candidates = m.Objects<ErrorCode>("candidates", ErrorCode.Of), Fields = m.Has("fields") ? Hexplain.Fields.Of(m.Member("fields")) : null,
                Suggestions = m.Texts("suggestions"), Error = m.Text("error")
            };
            foreach (ErrorCode code in made.Candidates)
            {
                code.Input = made.Input;
                code.Fields = made.Fields;
            }
            return made;
        }

        /// <summary>Why there is no candidate, and what to do, in a sentence; null where there is one.</summary>
        public string Problem()
        {
            if (Candidates.Length > 0) { return null; }
            string shown = Words.Cut(Input);
            if (shown.Length == 0) { return "The input is empty; give a code, a name, a message or an error record."; }
            if (Error != null) { return "`" + shown + "` is no code: " + char.ToLowerInvariant(Error[0]) + Error.Substring(1).TrimEnd('.') + "; give a code, a name, a message or an error record."; }
            if (Suggestions.Length > 0) { return "Nothing is known of `" + shown + "`; similar names are " + string.Join(", ", Suggestions) + "."; }
            if (Fields != null) { return "Nothing is known of `" + shown + "`; the bits say, as an HRESULT: " + Fields.Hresult + ", and as an NTSTATUS: " + Fields.NtStatus + "."; }
            return "Nothing is known of `" + shown + "`; Find-ErrorCode looks for words, and Select-ErrorCode for the codes in a text.";
        }

        public override string ToString() { return Input; }
    }

    /// <summary>What Resolve-ErrorCode makes of one object.</summary>
    public sealed class Resolution
    {
        /// <summary>Best first.</summary>
        public ErrorCode[] Codes { get; internal set; }
        /// <summary>A sentence for each input that nothing is known of.</summary>
        public string[] Problems { get; internal set; }
    }

    /// <summary>A row of the catalogue, as the fastest look-up gives it.</summary>
    public sealed class Entry
    {
        public string Family { get; internal set; }
        public uint Value { get; internal set; }
        public string Name { get; internal set; }
        public string Summary { get; internal set; }
        public string Context { get; internal set; }
        public int AliasCount { get; internal set; }
        public int AdviceCount { get; internal set; }
        public override string ToString() { return Name; }
    }

    /// <summary>A code in a text.</summary>
    public sealed class Match
    {
        /// <summary>The file; InputStream for a text of the pipeline.</summary>
        public string Path { get; internal set; }
        public long LineNumber { get; internal set; }
        /// <summary>The number of the character in the line, from 1.</summary>
        public long Column { get; internal set; }
        /// <summary>What stands there.</summary>
        public string Text { get; internal set; }
        public string Code { get; internal set; }
        public string Name { get; internal set; }
        public string Summary { get; internal set; }
        /// <summary>The line that it stands in.</summary>
        public string Line { get; internal set; }
        public string Id { get; internal set; }
        public string Family { get; internal set; }
        public string Confidence { get; internal set; }
        /// <summary>Why it is a code.</summary>
        public string Why { get; internal set; }
        /// <summary>The ids of other readings.</summary>
        public string[] Others { get; internal set; }

        public override string ToString()
        {
            return Path + ":" + LineNumber.ToString(CultureInfo.InvariantCulture) + ":" + Code + (Name == null ? "" : " " + Name);
        }
    }

    /// <summary>A line of a capture.</summary>
    public sealed class Field
    {
        public string Name { get; private set; }
        public string Value { get; private set; }
        public int Line { get; private set; }

        internal static Field Of(Members m) { return new Field { Name = m.Text("name"), Value = m.Text("value"), Line = m.Int("line") }; }
        public override string ToString() { return Name + " : " + Value; }
    }

    /// <summary>A box of a capture.</summary>
    public sealed class Section
    {
        public string Name { get; private set; }
        public int Line { get; private set; }
        public Field[] Fields { get; private set; }

        internal static Section Of(Members m) { return new Section { Name = m.Text("name"), Line = m.Int("line"), Fields = m.Objects<Field>("fields", Field.Of) }; }
        public override string ToString() { return Name; }
    }

    /// <summary>A line that a finding rests on.</summary>
    public sealed class Evidence
    {
        public int Line { get; private set; }
        public string Section { get; private set; }
        public string Field { get; private set; }
        public string Value { get; private set; }

        internal static Evidence Of(Members m) { return new Evidence { Line = m.Int("line"), Section = m.Text("section"), Field = m.Text("field"), Value = m.Text("value") }; }
        public override string ToString() { return "line " + Line.ToString(CultureInfo.InvariantCulture) + "  " + Field + " : " + Value; }
    }

    /// <summary>Something that a capture shows.</summary>
    public sealed class Finding
    {
        public string Id { get; private set; }
        public string Severity { get; private set; }
        public string Title { get; private set; }
        public string[] Reason { get; private set; }
        public string[] Resolution { get; private set; }
        public Evidence[] Evidence { get; private set; }
        public ErrorCode[] Codes { get; private set; }

        internal static Finding Of(Members m)
        {
            return new Finding
            {
                Id = m.Text("id"), Severity = m.Text("severity"), Title = m.Text("title"), Reason = m.Texts("reason"), Resolution = m.Texts("resolution"),
                Evidence = m.Objects<Evidence>("evidence", Hexplain.Evidence.Of), Codes = m.Objects<ErrorCode>("codes", ErrorCode.Of)
            };
        }

        /// <summary>It in lines for a person.</summary>
        public string Describe()
        {
            Lines lines = new Lines();
            lines.Add(Severity.ToUpperInvariant() + "  " + Title + "  " + Id);
            foreach (Evidence evidence in Evidence) { lines.Add("  " + evidence); }
            // The reasons and resolutions of the codes come behind those of the finding; so each stands under its code.
            List<string> told = new List<string>();
            foreach (ErrorCode code in Codes)
            {
                foreach (Advice advice in code.Advised()) { told.AddRange(advice.Reason); told.AddRange(advice.Resolution); }
            }
            lines.Add("  Why  ", Array.FindAll(Reason, delegate(string one) { return !told.Contains(one); }));
            foreach (ErrorCode code in Codes)
            {
                lines.Add("  " + code.ToLine());
                foreach (Advice advice in code.Advised())
                {
                    lines.Add("    Why  ", Array.FindAll(advice.Reason, delegate(string one) { return System.Array.IndexOf(Reason, one) >= 0; }));
                    lines.Add("    Do   ", Array.FindAll(advice.Resolution, delegate(string one) { return System.Array.IndexOf(Resolution, one) >= 0; }));
                }
            }
            lines.Add("  Do   ", Array.FindAll(Resolution, delegate(string one) { return !told.Contains(one); }));
            return lines.ToString();
        }

        public override string ToString() { return Severity + ": " + Title; }
    }

    /// <summary>What a capture of dsregcmd /status holds, and what follows from it.</summary>
    public sealed class Diagnosis
    {
        /// <summary>The file; InputStream for a text of the pipeline.</summary>
        public string Path { get; internal set; }
        public int Capture { get; private set; }
        public string JoinState { get; private set; }
        public string WorkplaceJoined { get; private set; }
        public string Phase { get; private set; }
        /// <summary>In UTC; null where the capture does not say.</summary>
        public DateTime? CapturedAt { get; private set; }
        public Section[] Sections { get; private set; }
        /// <summary>Errors, then warnings, then what is worth knowing.</summary>
        public Finding[] Findings { get; private set; }

        internal static Diagnosis Of(Members m)
        {
            string time = m.Text("captured_at");
            DateTime read = DateTime.MinValue;
            if (time != null && !DateTime.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out read))
            {
                throw new HexplainException("The JSON cannot be read: `captured_at` is no time; install module and library of one release.");
            }
            return new Diagnosis
            {
                Capture = m.Int("capture"), JoinState = m.Text("join_state"), WorkplaceJoined = m.Text("workplace_joined"), Phase = m.Text("phase"),
                CapturedAt = time == null ? (DateTime?)null : read,
                Sections = m.Objects<Section>("sections", Section.Of), Findings = m.Objects<Finding>("findings", Finding.Of)
            };
        }

        /// <summary>The findings in lines for a person.</summary>
        public string Describe()
        {
            Lines lines = new Lines();
            foreach (Finding finding in Findings) { lines.Add(finding.Describe()); }
            return lines.ToString();
        }

        public override string ToString() { return Path + ": " + JoinState; }
    }

    /// <summary>A host that must be reachable.</summary>
    public sealed class Endpoint
    {
        public string Host { get; private set; }
        public int Port { get; private set; }
        public string Scheme { get; private set; }
        public string Use { get; private set; }

        internal static Endpoint Of(Members m) { return new Endpoint { Host = m.Text("host"), Port = m.Int("port"), Scheme = m.Text("scheme"), Use = m.Text("use") }; }
        public override string ToString() { return Host + ":" + Port.ToString(CultureInfo.InvariantCulture) + " (" + Scheme + "): " + Use; }
    }

    /// <summary>A part of a guide.</summary>
    public sealed class GuideSection
    {
        /// <summary>The scenario of the guide that it is of.</summary>
        public string Scenario { get; internal set; }
        public string Id { get; private set; }
        public string Kind { get; private set; }
        public string Phase { get; private set; }
        public string AppliesTo { get; private set; }
        public string Title { get; private set; }
        public string[] Reasons { get; private set; }
        public string[] Steps { get; private set; }
        public Endpoint[] Endpoints { get; private set; }
        public Event[] Events { get; private set; }
        public Link[] Links { get; private set; }
        /// <summary>The ids of the codes and conditions that belong here.</summary>
        public string[] Entries { get; private set; }
        public Source[] Sources { get; private set; }

        internal static GuideSection Of(Members m)
        {
            return new GuideSection
            {
                Id = m.Text("id"), Kind = m.Text("kind"), Phase = m.Text("phase"), AppliesTo = m.Text("applies_to"), Title = m.Text("title"),
                Reasons = m.Texts("reasons"), Steps = m.Texts("steps"), Endpoints = m.Objects<Endpoint>("endpoints", Endpoint.Of),
                Events = m.Objects<Event>("events", Event.Of), Links = m.Objects<Link>("links", Link.Of), Entries = m.Texts("entries"),
                Sources = m.Objects<Source>("sources", Source.Of)
            };
        }

        /// <summary>It in lines for a person.</summary>
        public string Describe()
        {
            Lines lines = new Lines();
            lines.Add(Title + "  (" + Kind + (Phase == null ? "" : ", phase " + Phase) + (AppliesTo == null ? "" : ", " + AppliesTo) + ")");
            lines.Add("  Why  ", Reasons);
            lines.Add("  Do   ", Steps);
            foreach (Endpoint endpoint in Endpoints) { lines.Add("  Reach  " + endpoint); }
            foreach (Event one in Events) { lines.Add("  " + one); }
            lines.Add("  Code  ", Entries);
            foreach (Link link in Links) { lines.Add("  Read  " + link); }
            return lines.ToString();
        }

        public override string ToString() { return Title; }
    }

    /// <summary>A scenario as a person walks it.</summary>
    public sealed class Guide
    {
        public string Scenario { get; private set; }
        public string Title { get; private set; }
        public GuideSection[] Sections { get; internal set; }

        internal static Guide Of(Members m)
        {
            Guide guide = new Guide { Scenario = m.Text("scenario"), Title = m.Text("title"), Sections = m.Objects<GuideSection>("sections", GuideSection.Of) };
            foreach (GuideSection section in guide.Sections) { section.Scenario = guide.Scenario; }
            return guide;
        }

        /// <summary>The sections in lines for a person.</summary>
        public string Describe()
        {
            Lines lines = new Lines();
            foreach (GuideSection section in Sections) { lines.Add(section.Describe()); }
            return lines.ToString();
        }

        public override string ToString() { return Title; }
    }

    /// <summary>Lines of a text.</summary>
    sealed class Lines
    {
        readonly StringBuilder text = new StringBuilder();

        internal void Add(string line)
        {
            if (text.Length > 0) { text.Append(Environment.NewLine); }
            text.Append(line);
        }

        internal void Add(string label, params string[] texts)
        {
            foreach (string one in texts) { if (one != null) { Add(label + one); } }
        }

        public override string ToString() { return text.ToString(); }
    }

    static class Words
    {
        /// <summary>Whether a word is the one that is wanted; null wants all.</summary>
        internal static bool Match(string wanted, string word)
        {
            return string.IsNullOrEmpty(wanted) || string.Equals(wanted, word, StringComparison.OrdinalIgnoreCase);
        }

        /// <summary>An input as an error names it: not a page of it.</summary>
        internal static string Cut(string input)
        {
            return input.Length <= 80 ? input : input.Substring(0, char.IsHighSurrogate(input[79]) ? 79 : 80) + "...";
        }
    }

    // ---------------------------------------------------------------------------------------------------------------
    // What can be asked.

    /// <summary>The native library, open. All methods may be called from any thread.</summary>
    public sealed class Library
    {
        /// <summary>The release that this file is of; Hexplain.psd1 has the same.</summary>
        public const string ModuleVersion = "0.1.0";

        /// <summary>How many bytes the buffer holds that a call is first made with; nearly all answers fit.</summary>
        public const int UsualBuffer = 32 << 10;

        static readonly Dictionary<string, Library> Opened = new Dictionary<string, Library>(StringComparer.Ordinal);

        [ThreadStatic]
        static byte[] kept;

        readonly Native native;
        readonly string[] families;
        // Made when first asked for; two threads may make it twice, which is the same.
        volatile Guide[] guides;

        Library(Native native, string path)
        {
            this.native = native;
            Path = path;
            FirstBuffer = UsualBuffer;
            families = new string[native.FamilyCount()];
            for (uint i = 0; i < families.Length; i++)
            {
                Native.Text name;
                Check(native.FamilyName(i, out name), null);
                families[i] = name.Read();
            }
        }

        /// <summary>Opens a library by its path, or gives the one that is open.</summary>
        public static Library Open(string path)
        {
            string full = System.IO.Path.GetFullPath(path);
            lock (Opened)
            {
                Library library;
                if (!Opened.TryGetValue(full, out library))
                {
                    // An error of the platform comes before one of the file.
                    Platform.Rid(Platform.IsWindows, Platform.IsLinux, IntPtr.Size, Platform.Architecture);
                    library = new Library(new Native(full), full);
                    Opened.Add(full, library);
                }
                return library;
            }
        }

        /// <summary>Opens the library below the folder of the module.</summary>
        public static Library OpenModule(string moduleFolder) { return Open(Platform.LibraryPath(moduleFolder)); }

        /// <summary>Tells whether a library with this version of the interface can be used; an error says why not.</summary>
        public static void CheckAbi(string path, uint abi) { Native.CheckAbi(path, abi); }

        public string Path { get; private set; }
        public uint AbiVersion { get { return native.Abi; } }
        public string Version { get { Native.Text text; Check(native.Version(out text), null); return text.Read(); } }
        public string DataVersion { get { Native.Text text; Check(native.DataVersion(out text), null); return text.Read(); } }
        /// <summary>How many bytes the first buffer of a call holds; tests make it small.</summary>
        public int FirstBuffer { get; set; }
        /// <summary>The names of the families.</summary>
        public string[] Families { get { return (string[])families.Clone(); } }

        /// <summary>The names of the scenarios that have a guide.</summary>
        public string[] Scenarios
        {
            get { return Array.ConvertAll<Guide, string>(AllGuides(), delegate(Guide guide) { return guide.Scenario; }); }
        }

        /// <summary>The names of the phases, in the order of the guides.</summary>
        public string[] Phases
        {
            get
            {
                List<string> phases = new List<string>();
                foreach (Guide guide in AllGuides())
                {
                    foreach (GuideSection section in guide.Sections)
                    {
                        if (section.Phase != null && !phases.Contains(section.Phase)) { phases.Add(section.Phase); }
                    }
                }
                return phases.ToArray();
            }
        }

        /// <summary>The symbol or label of a code, which is the fastest look-up; null where it has none.</summary>
        public string Name(string family, long value)
        {
            Native.Text text;
            int status = native.Name(FamilyNumbers(new string[] { family })[0], Bits32(value), out text);
            if (status == Native.NotFound) { return null; }
            Check(status, null);
            return text.Read();
        }

        /// <summary>The best known entry of a code; null where there is none.</summary>
        public Entry Lookup(string family, long value)
        {
            Native.Row row;
            int status = native.Lookup(FamilyNumbers(new string[] { family })[0], Bits32(value), 0, out row);
            if (status == Native.NotFound) { return null; }
            Check(status, null);
            return new Entry
            {
                Family = families[row.Family], Value = row.Value, Name = row.Name.Read(), Summary = row.Summary.Read(), Context = row.Context.Read(),
                AliasCount = (int)row.AliasCount, AdviceCount = (int)row.AdviceCount
            };
        }

        /// <summary>The JSON of an explanation, one a line, as `hexplain --json` prints it.</summary>
        public string ExplainJson(string input, string[] families)
        {
            byte[] bytes = Utf8(input);
            uint[] numbers = FamilyNumbers(families);
            return Fill(delegate(byte[] buffer, UIntPtr capacity, out UIntPtr needed)
            {
                return native.Explain(bytes, Length(bytes), numbers, Count(numbers), buffer, capacity, out needed);
            }, null);
        }

        /// <summary>All readings of an input; several explanations where it holds several codes.</summary>
        public Explanation[] Explain(string input, string[] families)
        {
            return Objects<Explanation>(ExplainJson(input, families), Explanation.Of);
        }

        /// <summary>The entries whose texts hold all the words, best first.</summary>
        public ErrorCode[] Search(string words, string[] families, int first)
        {
            if (first < 0) { throw new HexplainException("The number of entries is negative; give 1 or more."); }
            byte[] bytes = Utf8(words);
            uint[] numbers = FamilyNumbers(families);
            return Objects<ErrorCode>(Fill(delegate(byte[] buffer, UIntPtr capacity, out UIntPtr needed)
            {
                return native.Search(bytes, Length(bytes), numbers, Count(numbers), new UIntPtr((uint)first), buffer, capacity, out needed);
            }, null), ErrorCode.Of);
        }

        /// <summary>The guide of a scenario, or of all for null; with the sections of one phase alone, or of all for null.</summary>
        public Guide[] Guides(string scenario, string phase)
        {
            if (!string.IsNullOrEmpty(phase)) { CheckWord("phase", phase, Phases); }
            if (!string.IsNullOrEmpty(scenario)) { CheckWord("scenario", scenario, Scenarios); }
            // Made anew, since a caller may change what it gets.
            List<Guide> found = new List<Guide>();
            foreach (Guide guide in ReadGuides(scenario))
            {
                if (!string.IsNullOrEmpty(phase))
                {
                    guide.Sections = Array.FindAll(guide.Sections, delegate(GuideSection section) { return Words.Match(phase, section.Phase); });
                    if (guide.Sections.Length == 0) { continue; }
                }
                found.Add(guide);
            }
            if (found.Count == 0) { throw new HexplainException("The guide of `" + scenario + "` has no phase `" + phase + "`; leave one of them out."); }
            return found.ToArray();
        }

        /// <summary>The codes in a text, which is whole.</summary>
        public Match[] Scan(string text, bool unknown)
        {
            TextScan scan = new TextScan(this, TextScan.Stream, null, null, unknown);
            return scan.Next(text);
        }

        /// <summary>Begins a search through lines that come one by one.</summary>
        public TextScan OpenText(string[] families, string confidence, bool unknown)
        {
            return new TextScan(this, TextScan.Stream, CheckedFamilies(families), confidence, unknown);
        }

        /// <summary>Begins a search through a file.</summary>
        public FileScan OpenFile(string path, string[] families, string confidence, bool unknown)
        {
            return new FileScan(new TextScan(this, path, CheckedFamilies(families), confidence, unknown), path);
        }

        /// <summary>Diagnoses what dsregcmd /status printed. Ages count for now, or for the capture's own times without it.</summary>
        public Diagnosis[] Diagnose(string status, DateTime? now, bool redact) { return Diagnose(Encoding.UTF8.GetBytes(status), TextScan.Stream, now, redact); }

        /// <summary>Diagnoses a file with what dsregcmd /status printed, in UTF-8 or UTF-16.</summary>
        public Diagnosis[] DiagnoseFile(string path, DateTime? now, bool redact) { return Diagnose(Files.ReadAll(path), path, now, redact); }

        Diagnosis[] Diagnose(byte[] status, string path, DateTime? now, bool redact)
        {
            byte[] bytes = status.Length == 0 ? new byte[1] : status;
            long seconds = long.MinValue;
            if (now != null) { seconds = (now.Value.ToUniversalTime().Ticks - new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks) / TimeSpan.TicksPerSecond; }
            if (now != null && seconds < 0) { throw new HexplainException("The time for -Now is before 1970; give the time at which the capture is looked at."); }
            Diagnosis[] found = Objects<Diagnosis>(Fill(delegate(byte[] buffer, UIntPtr capacity, out UIntPtr needed)
            {
                return native.Dsregcmd(bytes, new UIntPtr((ulong)status.Length), seconds, redact ? 1u : 0u, buffer, capacity, out needed);
            }, (path == TextScan.Stream ? "The input" : path) + " holds no output of `dsregcmd /status`; make one with `dsregcmd /status > status.txt`."), Diagnosis.Of);
            foreach (Diagnosis one in found) { one.Path = path; }
            return found;
        }

        /// <summary>
        /// What an object of the pipeline means: a text, an integer of any type, an exception or an error record. The advice may
        /// be limited to a scenario and a phase.
        /// </summary>
        public Resolution Resolve(object value, string[] families, string scenario, string phase)
        {
            CheckArguments(families, scenario, phase);
            value = Unwrap(value);
            List<ErrorCode> codes = new List<ErrorCode>();
            List<string> problems = new List<string>();
            List<string> texts = new List<string>();
            Exception exception = ExceptionOf(value, texts);
            if (exception != null || texts.Count > 0) { ResolveException(exception, texts, families, codes, problems); }
            else
            {
                foreach (Explanation explanation in Explain(InputOf(value), families))
                {
                    codes.AddRange(Meant(value, explanation.Candidates));
                    string problem = explanation.Problem();
                    if (problem != null && families != null && families.Length > 0)
                    {
                        problem += " Only the families " + string.Join(", ", families) + " count; leave -Family out to ask all.";
                    }
                    if (problem != null) { problems.Add(problem); }
                }
            }
            foreach (ErrorCode code in codes) { code.Keep(scenario, phase); }
            return new Resolution { Codes = codes.ToArray(), Problems = problems.ToArray() };
        }

        /// <summary>An error where there is no such family, scenario or phase; null wants all.</summary>
        public void CheckArguments(string[] families, string scenario, string phase)
        {
            if (!string.IsNullOrEmpty(phase)) { CheckWord("phase", phase, Phases); }
            if (!string.IsNullOrEmpty(scenario)) { CheckWord("scenario", scenario, Scenarios); }
            FamilyNumbers(families);
        }

        /// <summary>
        /// The readings that a value can mean. An object of this module means its own id, and a number is no hexadecimal text,
        /// unless nothing else is known: digits that somebody forgot to quote.
        /// </summary>
        static ErrorCode[] Meant(object value, ErrorCode[] candidates)
        {
            Predicate<ErrorCode> isMeant;
            if (value is Match || value is ErrorCode)
            {
                string id = InputOf(value);
                isMeant = delegate(ErrorCode code) { return code.Id == id; };
            }
            else if (value is string || value is char || !(value is IFormattable)) { return candidates; }
            else
            {
                long number;
                if (!long.TryParse(InputOf(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) { return candidates; }
                // Some families write their numbers negated.
                uint bits = unchecked((uint)number), negated = unchecked((uint)-number);
                isMeant = delegate(ErrorCode code) { return code.Unsigned == null || code.Unsigned == bits || code.Unsigned == negated; };
            }
            ErrorCode[] meant = Array.FindAll(candidates, isMeant);
            return meant.Length > 0 ? meant : candidates;
        }

        /// <summary>An integer, a text or an object of this module as hexplain takes it.</summary>
        public static string InputOf(object value)
        {
            Match match = value as Match;
            if (match != null) { return match.Id; }
            ErrorCode known = value as ErrorCode;
            if (known != null) { return known.Id; }
            if (value == null) { throw new HexplainException("The input is null; give a code, a name, a message or an error record."); }
            if (value is bool) { throw new HexplainException("The input is true or false, which is no code; give a code, a name, a message or an error record."); }
            if (value is Enum) { value = Convert.ChangeType(value, Enum.GetUnderlyingType(value.GetType()), CultureInfo.InvariantCulture); }
            // PowerShell makes a double of what has passed through arithmetic.
            if (value is double || value is float || value is decimal)
            {
                double real = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (real != Math.Floor(real) || Math.Abs(real) > 9007199254740992.0)
                {
                    throw new HexplainException("The input " + Convert.ToString(value, CultureInfo.InvariantCulture) + " is no whole number; give a code, a name, a message or an error record.");
                }
                value = (long)real;
            }
            if (value is ulong && (ulong)value >= 0xFFFFFFFF80000000UL) { value = unchecked((long)(ulong)value); }
            IFormattable number = value as IFormattable;
            string text = number == null ? value.ToString() : number.ToString(null, CultureInfo.InvariantCulture);
            return text ?? "";
        }

        /// <summary>What stands inside a PSObject, whose assembly this file does not know.</summary>
        static object Unwrap(object value)
        {
            while (value != null && value.GetType().FullName == "System.Management.Automation.PSObject")
            {
                object inner = value.GetType().GetProperty("BaseObject").GetValue(value, null);
                if (ReferenceEquals(inner, value) || inner.GetType().FullName == "System.Management.Automation.PSCustomObject") { break; }
                value = inner;
            }
            return value;
        }

        /// <summary>The exception of an error record, and what else it says; the exception itself if it is one.</summary>
        static Exception ExceptionOf(object value, List<string> texts)
        {
            if (value == null || value is Exception) { return value as Exception; }
            PropertyInfo property = value.GetType().GetProperty("Exception");
            if (property == null || !typeof(Exception).IsAssignableFrom(property.PropertyType)) { return null; }
            foreach (string name in new string[] { "ErrorDetails", "FullyQualifiedErrorId" })
            {
                PropertyInfo text = value.GetType().GetProperty(name);
                object said = text == null ? null : text.GetValue(value, null);
                if (said != null) { texts.Add(said.ToString()); }
            }
            return (Exception)property.GetValue(value, null);
        }

        /// <summary>
        /// An exception and all its causes, from the outside in: several of an AggregateException, and of what PowerShell
        /// throws for -ErrorAction Stop the one in its error record, whose texts are added.
        /// </summary>
        static List<Exception> WithCauses(Exception exception, List<string> texts)
        {
            List<Exception> all = new List<Exception>();
            if (exception != null) { all.Add(exception); }
            for (int at = 0; at < all.Count; at++)
            {
                List<Exception> causes = new List<Exception>();
                PropertyInfo property = all[at].GetType().GetProperty("ErrorRecord");
                object record = property == null ? null : property.GetValue(all[at], null);
                if (record != null) { causes.Add(ExceptionOf(record, texts)); }
                AggregateException several = all[at] as AggregateException;
                if (several != null) { causes.AddRange(several.InnerExceptions); }
                else { causes.Add(all[at].InnerException); }
                // An error record may hold the exception that holds it.
                foreach (Exception cause in causes) { if (cause != null && !all.Contains(cause)) { all.Add(cause); } }
            }
            return all;
        }

        void ResolveException(Exception exception, List<string> texts, string[] families, List<ErrorCode> codes, List<string> problems)
        {
            // PowerShell wraps what .NET throws, and .NET what a cause threw, so all are asked, from the outside in. What the
            // numbers say comes before what stands in the messages, and a number that says nothing counts only for want of others.
            List<string> numbers = new List<string>(), general = new List<string>();
            List<string> messages = new List<string>();
            foreach (Exception one in WithCauses(exception, texts))
            {
                Win32Exception win32 = one as Win32Exception;
                SocketException socket = one as SocketException;
                // Elsewhere the native number is an errno; that of a socket is one of Winsock everywhere.
                int number = socket != null ? (int)socket.SocketErrorCode : win32 != null && Platform.IsWindows ? win32.NativeErrorCode : 0;
                if (number != 0 && number != -1)
                {
                    numbers.Add(number > 0 && number < 0x10000 ? "win32:" + number.ToString(CultureInfo.InvariantCulture) : Hex(number));
                }
                // E_FAIL is what a Win32Exception has for want of a better one.
                bool says = one.HResult < 0 && !IsGeneral(one.HResult) && !(win32 != null && one.HResult == unchecked((int)0x80004005));
                if (one.HResult < 0) { (says ? numbers : general).Add(Hex(one.HResult)); }
                messages.Add(one.Message);
            }
            messages.AddRange(texts);
            // An id names one reading; a number in hexadecimal may have several names.
            foreach (string number in numbers) { AddCodes(number, number.StartsWith("win32:", StringComparison.Ordinal) ? number : null, families, codes); }
            foreach (string message in messages)
            {
                foreach (Match match in Scan(message ?? "", false)) { AddCodes(match.Id, match.Id, families, codes); }
            }
            if (codes.Count == 0)
            {
                foreach (string number in general) { AddCodes(number, null, families, codes); }
            }
            if (codes.Count > 0) { return; }
            numbers.AddRange(general);
            string what = exception == null ? "The error record" : "The exception " + exception.GetType().Name;
            problems.Add(what + (numbers.Count == 0 ? " carries no code" : " carries " + string.Join(", ", numbers.ToArray()))
                + ", and nothing is known of it" + (families == null || families.Length == 0 ? "" : " in these families") + "; look for words of its message with Find-ErrorCode.");
        }

        /// <summary>Numbers that .NET gives to every exception that has none of its own.</summary>
        static bool IsGeneral(int hresult)
        {
            uint number = unchecked((uint)hresult);
            return number == 0x80131500 || number == 0x80131501 || number == 0x80131600;
        }

        /// <summary>Adds what an input is read as, or the one reading with this id, unless it is there already.</summary>
        void AddCodes(string input, string id, string[] families, List<ErrorCode> codes)
        {
            foreach (Explanation explanation in Explain(input, null))
            {
                foreach (ErrorCode code in explanation.Candidates)
                {
                    if (id != null && code.Id != id) { continue; }
                    bool wanted = families == null || families.Length == 0;
                    foreach (string family in families ?? new string[0]) { wanted |= Words.Match(family, code.Family); }
                    if (wanted && !codes.Exists(delegate(ErrorCode other) { return other.Id == code.Id; })) { codes.Add(code); }
                }
            }
        }

        static string Hex(int number) { return "0x" + number.ToString("X8", CultureInfo.InvariantCulture); }

        static uint Bits32(long value)
        {
            if (value < int.MinValue || value > uint.MaxValue) { throw new HexplainException("The number has more than 32 bits; give a code of 32 bits, signed or not."); }
            return unchecked((uint)value);
        }

        static void CheckWord(string what, string word, string[] words)
        {
            if (!Array.Exists(words, delegate(string one) { return Words.Match(word, one); }))
            {
                throw new HexplainException("There is no " + what + " `" + word + "`; write " + string.Join(", ", words) + ".");
            }
        }

        Guide[] AllGuides()
        {
            Guide[] all = guides;
            if (all == null) { guides = all = ReadGuides(null); }
            return all;
        }

        Guide[] ReadGuides(string scenario)
        {
            byte[] bytes = Utf8(scenario ?? "");
            UIntPtr length = new UIntPtr((uint)(string.IsNullOrEmpty(scenario) ? 0 : bytes.Length));
            return Objects<Guide>(Fill(delegate(byte[] buffer, UIntPtr capacity, out UIntPtr needed)
            {
                return native.Guide(bytes, length, buffer, capacity, out needed);
            }, null), Guide.Of);
        }

        string[] CheckedFamilies(string[] names)
        {
            uint[] numbers = FamilyNumbers(names);
            return numbers == null ? null : Array.ConvertAll<uint, string>(numbers, delegate(uint number) { return families[number]; });
        }

        uint[] FamilyNumbers(string[] names)
        {
            if (names == null || names.Length == 0) { return null; }
            uint[] numbers = new uint[names.Length];
            for (int i = 0; i < names.Length; i++)
            {
                string name = names[i] ?? "";
                int number = Array.FindIndex(families, delegate(string family) { return string.Equals(name, family, StringComparison.OrdinalIgnoreCase); });
                if (number < 0) { throw new HexplainException("There is no family `" + name + "`; write " + string.Join(", ", families) + "."); }
                numbers[i] = (uint)number;
            }
            return numbers;
        }

        // Bytes of a text: at least one, since a marshaller may make NULL of none; Length tells how many count.
        static byte[] Utf8(string text)
        {
            return text.Length == 0 ? Nothing : Encoding.UTF8.GetBytes(text);
        }

        static readonly byte[] Nothing = new byte[1];

        static UIntPtr Length(byte[] bytes) { return ReferenceEquals(bytes, Nothing) ? UIntPtr.Zero : new UIntPtr((uint)bytes.Length); }

        static UIntPtr Count(uint[] numbers) { return numbers == null ? UIntPtr.Zero : new UIntPtr((uint)numbers.Length); }

        static readonly Encoding StrictUtf8 = new UTF8Encoding(false, true);

        delegate int FillFunction(byte[] buffer, UIntPtr capacity, out UIntPtr needed);

        /// <summary>Calls until the buffer is large enough: what is asked for may be another size the next time.</summary>
        string Fill(FillFunction call, string noCapture)
        {
            int first = FirstBuffer;
            byte[] buffer = kept;
            if (buffer == null || first != UsualBuffer)
            {
                buffer = first == 0 ? null : new byte[first];
                if (first == UsualBuffer) { kept = buffer; }
            }
            while (true)
            {
                UIntPtr needed;
                int status = call(buffer, new UIntPtr((uint)(buffer == null ? 0 : buffer.Length)), out needed);
                if (status == Native.Ok)
                {
                    return buffer == null ? "" : StrictUtf8.GetString(buffer, 0, checked((int)needed.ToUInt64()));
                }
                if (status != Native.BufferTooSmall) { Check(status, noCapture); }
                if (needed.ToUInt64() > 1u << 30) { throw new HexplainException("The answer is larger than a gigabyte; ask for less at a time."); }
                buffer = new byte[(int)needed.ToUInt64()];
            }
        }

        static T[] Objects<T>(string json, Func<Members, T> make)
        {
            List<object> values = Json.ReadLines(json);
            T[] objects = new T[values.Count];
            for (int i = 0; i < objects.Length; i++) { objects[i] = make(new Members(values[i])); }
            return objects;
        }

        void Check(int status, string noCapture)
        {
            if (status == Native.Ok) { return; }
            if (status == Native.NoCapture && noCapture != null) { throw new HexplainException(noCapture); }
            Native.Text text;
            string said = native.StatusText(status, out text) == Native.Ok ? text.Read() : "The native library tells a status that the module does not know.";
            throw new HexplainException(said + " (Status " + status.ToString(CultureInfo.InvariantCulture) + " of the native library; report it if the input is sound.)");
        }

        // ---- The scanner.

        internal struct Found
        {
            internal long Start;
            internal Native.Text Summary;
        }

        sealed class Collector
        {
            internal readonly List<Found> Found = new List<Found>();
            internal Exception Failure;
        }

        // One delegate for all calls, kept for ever: a delegate of each call would cost a thunk each.
        static readonly Native.OnMatch Collect = OnMatch;

        static int OnMatch(IntPtr found, IntPtr context)
        {
            Collector collector = null;
            try
            {
                collector = (Collector)GCHandle.FromIntPtr(context).Target;
                Native.Hit hit = (Native.Hit)Marshal.PtrToStructure(found, typeof(Native.Hit));
                collector.Found.Add(new Found { Start = checked((long)hit.Start.ToUInt64()), Summary = hit.Summary });
                return 0;
            }
            catch (Exception failure)
            {
                // No exception may cross the boundary; the search ends, and the caller throws.
                if (collector != null) { collector.Failure = failure; }
                return 1;
            }
        }

        /// <summary>Where the codes of a text begin, and the summaries, which the JSON of matches does not have.</summary>
        internal List<Found> FindStarts(byte[] text, int length, bool unknown)
        {
            Collector collector = new Collector();
            GCHandle handle = GCHandle.Alloc(collector);
            try { Check(native.Scan(text, new UIntPtr((uint)length), unknown ? 1u : 0u, Collect, GCHandle.ToIntPtr(handle)), null); }
            finally { handle.Free(); }
            if (collector.Failure != null) { throw new HexplainException("The search was broken off: " + collector.Failure.Message + " Search smaller pieces."); }
            return collector.Found;
        }

        /// <summary>The codes of a text as JSON, without the first ones, which are not read: a line is an object.</summary>
        internal List<object> FindJson(byte[] text, int length, bool unknown, int skip)
        {
            string json = Fill(delegate(byte[] buffer, UIntPtr capacity, out UIntPtr needed)
            {
                return native.ScanJson(text, new UIntPtr((uint)length), unknown ? 1u : 0u, buffer, capacity, out needed);
            }, null);
            int start = 0;
            for (; skip > 0 && start < json.Length; skip--) { start = json.IndexOf('\n', start) + 1; }
            return Json.ReadLines(json.Substring(start));
        }
    }

    /// <summary>
    /// A search through a text that comes in pieces. The scanner of the library has no memory between calls, so that every piece
    /// is shown with what stands before it, as far as that counts, and with the header of a table. For one thread at a time.
    /// </summary>
    public sealed class TextScan
    {
        /// <summary>What stands for a path where there is none, as Select-String has it.</summary>
        public const string Stream = "InputStream";

        /// <summary>How much of the text before a piece the scanner is shown: it remembers an event for 4 KiB.</summary>
        const int Before = 5 << 10;
        /// <summary>The longest first line that may be a header.</summary>
        const int LongestHeader = 4 << 10;
        static readonly byte[] W3cHeader = Encoding.ASCII.GetBytes("#Fields:");

        readonly Library library;
        readonly string path;
        readonly string[] families;
        readonly int confidence;
        readonly bool unknown;
        // The texts of the library never move, so that an address stands for its text; there are as many as summaries.
        readonly Dictionary<IntPtr, string> summaries = new Dictionary<IntPtr, string>();

        byte[] header = new byte[0];
        byte[] before = new byte[0];
        bool isTrimmed;
        bool hasBegun;
        long line = 1;
        long column;

        internal TextScan(Library library, string path, string[] families, string confidence, bool unknown)
        {
            this.library = library;
            this.path = path;
            this.families = families;
            this.confidence = ConfidenceOf(confidence);
            this.unknown = unknown;
        }

        static int ConfidenceOf(string word)
        {
            if (string.IsNullOrEmpty(word)) { return 0; }
            int at = Array.FindIndex(new string[] { "guess", "derived", "exact" }, delegate(string one) { return Words.Match(word, one); });
            if (at < 0) { throw new HexplainException("There is no confidence `" + word + "`; write exact, derived or guess."); }
            return at;
        }

        /// <summary>The codes of the next line or lines, given without the end of the last.</summary>
        public Match[] Next(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text + "\n");
            return Next(bytes, bytes.Length).ToArray();
        }

        /// <summary>The codes of the next piece, which ends with a line or behind a blank.</summary>
        internal List<Match> Next(byte[] piece, int length)
        {
            List<Match> matches = new List<Match>();
            NoteHeader(piece, length);
            int prefix = (isTrimmed ? header.Length : 0) + before.Length;
            byte[] text = piece;
            if (prefix > 0)
            {
                text = new byte[prefix + length];
                if (isTrimmed) { Buffer.BlockCopy(header, 0, text, 0, header.Length); }
                Buffer.BlockCopy(before, 0, text, prefix - before.Length, before.Length);
                Buffer.BlockCopy(piece, 0, text, prefix, length);
            }
            List<Library.Found> found = library.FindStarts(text, prefix + length, unknown);
            // Most lines hold no code, and then nothing is written or read.
            if (found.Count > 0 && found[found.Count - 1].Start >= prefix) { Collect(text, prefix, length, found, matches); }
            Advance(text, prefix, length);
            return matches;
        }

        void Collect(byte[] text, int prefix, int length, List<Library.Found> found, List<Match> matches)
        {
            // Most of them stand before the piece, where lines come one by one.
            int first = found.FindIndex(delegate(Library.Found one) { return one.Start >= prefix; });
            List<object> objects = library.FindJson(text, prefix + length, unknown, first);
            if (objects.Count != found.Count - first)
            {
                throw new HexplainException("The native library found " + (found.Count - first) + " codes and told " + objects.Count + "; report it with the text.");
            }
            long linesBefore = CountLines(text, 0, prefix);
            int lineStart = -1, lineEnd = -1;
            string lineText = null;
            for (int i = first; i < found.Count; i++)
            {
                Members m = new Members(objects[i - first]);
                int start = (int)found[i].Start;
                if (start >= lineEnd)
                {
                    lineStart = start;
                    while (lineStart > prefix && text[lineStart - 1] != '\n') { lineStart--; }
                    lineEnd = Array.IndexOf(text, (byte)'\n', start, prefix + length - start);
                    if (lineEnd < 0) { lineEnd = prefix + length; }
                    int end = lineEnd > lineStart && text[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
                    lineText = Encoding.UTF8.GetString(text, lineStart, end - lineStart);
                }
                string family = m.Text("family");
                if (families != null && Array.IndexOf(families, family) < 0) { continue; }
                string sure = m.Text("confidence");
                if (ConfidenceOf(sure) < confidence) { continue; }
                // The library counts from the beginning of what it was shown.
                bool isCut = lineStart == prefix && column > 0;
                matches.Add(new Match
                {
                    Path = path, LineNumber = line + (m.Number("line", 1, long.MaxValue) ?? 1) - 1 - linesBefore,
                    Column = isCut ? column + Characters(text, prefix, start - prefix) + 1 : m.Number("column", 1, long.MaxValue) ?? 1,
                    Text = m.Text("text"), Code = m.Text("code"), Name = m.Text("name"), Summary = Summary(found[i].Summary), Line = lineText,
                    Id = m.Text("id"), Family = family, Confidence = sure, Why = m.Text("why"), Others = m.Texts("others")
                });
            }
        }

        string Summary(Native.Text text)
        {
            if (text.Pointer == IntPtr.Zero) { return null; }
            string summary;
            if (!summaries.TryGetValue(text.Pointer, out summary) || Encoding.UTF8.GetByteCount(summary) != (int)text.Length.ToUInt64())
            {
                summaries[text.Pointer] = summary = text.Read();
            }
            return summary;
        }

        /// <summary>Keeps the first line of the text, and the last header of a W3C log, which may stand anywhere.</summary>
        void NoteHeader(byte[] piece, int length)
        {
            // A header of the piece itself counts for what comes behind the piece, and is in it for the rest.
            if (!hasBegun) { hasBegun = true; KeepLine(piece, 0, length); }
            for (int at = 0; column == 0 || at > 0; )
            {
                if (StartsWith(piece, at, length, W3cHeader)) { KeepLine(piece, at, length); }
                int end = Array.IndexOf(piece, (byte)'\n', at, length - at);
                if (end < 0 || end + 1 == length) { break; }
                at = end + 1;
            }
        }

        void KeepLine(byte[] piece, int start, int length)
        {
            int end = Array.IndexOf(piece, (byte)'\n', start, Math.Min(length - start, LongestHeader));
            if (end < 0) { return; }
            header = new byte[end + 1 - start];
            Buffer.BlockCopy(piece, start, header, 0, header.Length);
        }

        static bool StartsWith(byte[] piece, int at, int length, byte[] word)
        {
            if (length - at < word.Length) { return false; }
            for (int i = 0; i < word.Length; i++) { if (piece[at + i] != word[i]) { return false; } }
            return true;
        }

        /// <summary>Counts the lines of the piece, and keeps its end for the next.</summary>
        void Advance(byte[] text, int prefix, int length)
        {
            int end = prefix + length;
            line += CountLines(text, prefix, length);
            int lastLine = end;
            while (lastLine > prefix && text[lastLine - 1] != '\n') { lastLine--; }
            column = Characters(text, lastLine, end - lastLine) + (lastLine == prefix && end > prefix && text[end - 1] != '\n' ? column : 0);
            int start = isTrimmed ? prefix - before.Length : 0;
            if (end - start > Before)
            {
                isTrimmed = true;
                start = end - Before;
                // From the beginning of a line, if there is one.
                int next = Array.IndexOf(text, (byte)'\n', start, end - start);
                if (next >= 0 && next + 1 < end) { start = next + 1; }
            }
            byte[] rest = new byte[end - start];
            Buffer.BlockCopy(text, start, rest, 0, rest.Length);
            before = rest;
        }

        static long CountLines(byte[] text, int start, int length)
        {
            long lines = 0;
            for (int i = start; i < start + length; i++) { if (text[i] == '\n') { lines++; } }
            return lines;
        }

        /// <summary>How many characters bytes are, a surrogate pair counted once, as the library counts.</summary>
        static long Characters(byte[] text, int start, int length)
        {
            long characters = 0;
            foreach (char c in Encoding.UTF8.GetChars(text, start, length)) { if (!char.IsLowSurrogate(c)) { characters++; } }
            return characters;
        }
    }

    /// <summary>A search through a file, piece by piece, so that memory does not grow with the file.</summary>
    public sealed class FileScan : IDisposable
    {
        /// <summary>
        /// How large a piece is, and the longest line that stays whole. A piece of nothing but codes makes thirty times as much JSON.
        /// </summary>
        const int Piece = 512 << 10;

        readonly TextScan scan;
        readonly string path;
        Func<byte[], int, int> read;
        FileStream file;
        // Some room is always left, for a character that grows by being decoded.
        readonly byte[] buffer = new byte[Piece + 64];
        int filled;
        bool isAtEnd;

        internal FileScan(TextScan scan, string path)
        {
            this.scan = scan;
            this.path = path;
            file = Files.Open(path);
            Matches = new Match[0];
            try { Begin(); }
            catch { file.Dispose(); throw; }
        }

        /// <summary>The codes of the piece that was read last.</summary>
        public Match[] Matches { get; private set; }

        /// <summary>Reads a piece; false at the end of the file.</summary>
        public bool Read()
        {
            Matches = new Match[0];
            while (!isAtEnd && filled < Piece)
            {
                int got = read(buffer, filled);
                filled += got;
                isAtEnd = got == 0;
            }
            if (filled == 0) { return false; }
            int end = isAtEnd ? filled : Array.LastIndexOf(buffer, (byte)'\n', filled - 1) + 1;
            if (end == 0) { end = Cut(); }
            Matches = scan.Next(buffer, end).ToArray();
            Buffer.BlockCopy(buffer, end, buffer, 0, filled - end);
            filled -= end;
            return true;
        }

        public void Dispose() { file.Dispose(); }

        void Begin()
        {
            byte[] head = new byte[4096];
            int length = 0;
            while (length < head.Length)
            {
                int got = Files.Read(file, path, head, length, head.Length - length);
                if (got == 0) { break; }
                length += got;
            }
            Files.RefusePacked(path, head, length);
            Encoding encoding = Files.Utf16(head, length);
            int mark = encoding != null && length >= 2 && (head[0] == 0xFF || head[0] == 0xFE) ? 2 : 0;
            if (length >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF) { mark = 3; }
            file.Seek(mark, SeekOrigin.Begin);
            if (encoding == null) { read = delegate(byte[] into, int at) { return Files.Read(file, path, into, at, into.Length - at); }; }
            else
            {
                // UTF-16 becomes UTF-8 on the way; decoder and encoder remember half a character.
                Decoder decoder = encoding.GetDecoder();
                Encoder encoder = Encoding.UTF8.GetEncoder();
                byte[] raw = new byte[32 << 10];
                char[] chars = new char[(raw.Length / 2) + 2];
                read = delegate(byte[] into, int at)
                {
                    int made = 0;
                    while (made == 0)
                    {
                        int got = Files.Read(file, path, raw, 0, Math.Min(raw.Length, (into.Length - at) / 3));
                        int count = decoder.GetChars(raw, 0, got, chars, 0, got == 0);
                        made = encoder.GetBytes(chars, 0, count, into, at, got == 0);
                        if (got == 0) { break; }
                    }
                    return made;
                };
            }
        }

        /// <summary>Where a line is cut that is longer than any: behind what belongs to no code.</summary>
        int Cut()
        {
            for (int at = filled; at > filled / 2; at--)
            {
                byte b = buffer[at - 1];
                if (b == ' ' || b == '\t' || b == ',' || b == ';' || b == '"') { return at; }
            }
            return filled;
        }
    }

    /// <summary>Files, and what to say of those that cannot be read.</summary>
    static class Files
    {
        static HexplainException Unreadable(string path, Exception error)
        {
            string remedy = "check that the file is whole";
            if (error is FileNotFoundException || error is DirectoryNotFoundException) { remedy = "check its name"; }
            if (error is UnauthorizedAccessException) { remedy = "check the rights to it"; }
            return new HexplainException(path + " cannot be read: " + error.Message.TrimEnd('.') + "; " + remedy + ".");
        }

        internal static FileStream Open(string path)
        {
            if (Directory.Exists(path)) { throw new HexplainException(path + " is a folder; name its files, as `Get-ChildItem -Recurse -File` does."); }
            // Whoever writes a log has it open.
            try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 4096); }
            catch (IOException error) { throw Unreadable(path, error); }
            catch (UnauthorizedAccessException error) { throw Unreadable(path, error); }
            catch (ArgumentException error) { throw Unreadable(path, error); }
            catch (NotSupportedException error) { throw Unreadable(path, error); }
        }

        internal static int Read(FileStream file, string path, byte[] into, int at, int count)
        {
            try { return file.Read(into, at, count); }
            catch (IOException error) { throw Unreadable(path, error); }
        }

        internal static byte[] ReadAll(string path)
        {
            const int most = 256 << 20;
            using (FileStream file = Open(path))
            {
                MemoryStream all = new MemoryStream();
                byte[] buffer = new byte[32 << 10];
                int got;
                while ((got = Read(file, path, buffer, 0, buffer.Length)) > 0)
                {
                    all.Write(buffer, 0, got);
                    if (all.Length > most) { throw new HexplainException(path + " is larger than 256 MiB, which no output of `dsregcmd /status` is; name the right file."); }
                }
                return all.ToArray();
            }
        }

        internal static void RefusePacked(string path, byte[] head, int length)
        {
            string what = null;
            if (length >= 2 && head[0] == 0x1F && head[1] == 0x8B) { what = "packed with gzip"; }
            if (length >= 4 && head[0] == 0x28 && head[1] == 0xB5 && head[2] == 0x2F && head[3] == 0xFD) { what = "packed with zstd"; }
            if (length >= 8 && Encoding.ASCII.GetString(head, 0, 8) == "ElfFile\0") { what = "a Windows event log"; }
            if (what != null) { throw new HexplainException(path + " is " + what + ", which the module does not read; `hexplain scan` of the command line does."); }
        }

        /// <summary>The kind of UTF-16 by its byte order mark or its look, as the library tells it; null for other texts.</summary>
        internal static Encoding Utf16(byte[] head, int length)
        {
            if (length >= 2 && head[0] == 0xFF && head[1] == 0xFE) { return Encoding.Unicode; }
            if (length >= 2 && head[0] == 0xFE && head[1] == 0xFF) { return Encoding.BigEndianUnicode; }
            int even = 0, odd = 0;
            for (int i = 0; i < length; i++)
            {
                if (head[i] == 0 && i % 2 == 0) { even++; }
                if (head[i] == 0 && i % 2 == 1) { odd++; }
            }
            // Nearly all of a log is ASCII, so that every other byte of UTF-16 is zero.
            if (even * 20 < length && odd * 20 >= 7 * length && odd > 0) { return Encoding.Unicode; }
            if (odd * 20 < length && even * 20 >= 7 * length && even > 0) { return Encoding.BigEndianUnicode; }
            return null;
        }
    }
}
