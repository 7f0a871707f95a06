using System.Text;
using Qingyuan.Ledger.Storage;
using Qingyuan.Ledger.Verifying;

// qingyuan-verify BUNDLE [--keys FILE]: 0 verified, 1 not verified (the failing checks named), 2 unreadable or wrong use.
const int Verified = 0, NotVerified = 1, Unreadable = 2;

Console.OutputEncoding = new UTF8Encoding(false);
LogKeyring? trusted = null;
if (args is not ([_] or [_, "--keys", _])) return Fail("usage: qingyuan-verify BUNDLE [--keys FILE]");

byte[] bytes;
try
{
    bytes = File.ReadAllBytes(args[0]);
    if (args.Length == 3 && !LogKeyring.TryParse(File.ReadAllText(args[2]), out trusted)) return Fail($"{args[2]}: not a key list");
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
{
    return Fail(error.Message);
}

if (ProofBundle.Verify(bytes, trusted) is not { } report) return Fail($"{args[0]}: not a proof bundle");
foreach (var check in report.Checks) Console.WriteLine($"{(check.Ok ? "ok  " : "FAIL")} {check.Name}{(check.Detail is null ? "" : ": " + check.Detail)}");
foreach (var key in report.Keys) Console.WriteLine($"key  {key}");
if (report.Entry is not null) Console.WriteLine(report.Entry);
if (trusted is null) Console.WriteLine("note 公钥取自证据包本身，请与另行公布的公钥核对 · keys are those inside the bundle; compare them with published ones (--keys FILE)");
Console.WriteLine(report switch
{
    { Ok: false } => "NOT VERIFIED 未通过: " + string.Join(", ", report.Checks.Where(check => !check.Ok).Select(check => check.Name)),
    { IsSingleParty: true } => "VERIFIED 通过: 已登记，单方，未经多方认证 · logged, single party, not certified",
    _ => "VERIFIED 通过: 已认证 · certified by the policy's quorum",
});
return report.Ok ? Verified : NotVerified;

static int Fail(string why)
{
    Console.Error.WriteLine(why);
    return Unreadable;
}
