using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.Hj212.Security;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>HJ 212-2025 6.4: areas encrypted with SM4, the check value over the plain text.</summary>
public sealed class EncryptionTests
{
    private const string Mn = "010000A8900016F000169DC0";
    private const string Old = "0000000000000000";
    private const string New = "AezF0nZRs4kypuGO";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_encrypted_upload_is_opened_answered_applied_and_kept_as_it_came(bool hex)
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Stations.File(Mn, Old);
        using var logger = await host.ConnectAsync();
        var sent = Frame(1, Old, hex);
        await logger.SendAsync(sent);
        Assert.Contains($"QN={Qn(1)};ST=91;CN=9014;PW=123456;MN={Mn};Flag=8;", await logger.ReadAsync(), StringComparison.Ordinal);
        await Eventually.That(() => host.Counters.AppliedThrough is 1);
        Assert.Equal("1.1", Assert.Single(Assert.Single(host.Twins.Applied).Report.Values).Text);
        var stored = Assert.Single(host.Log.Stored);
        Assert.Equal((FrameVerdict.Accepted, "Encrypted"), (stored.Arrival.Verdict, stored.Arrival.Why));
        Assert.Equal(sent, stored.Bytes.ToArray());
    }

    [Fact]
    public async Task While_a_key_is_changed_both_are_taken_and_one_that_fits_neither_is_kept_and_refused()
    {
        await using var host = await IngestHost.StartAsync();
        host.Stations.Add(Mn);
        host.Stations.File(Mn, Old);
        host.Stations.File(Mn, New);
        using var logger = await host.ConnectAsync();
        await logger.SendAsync(Frame(1, Old, hex: false));
        await logger.SendAsync(Frame(2, New, hex: false));
        await logger.SendAsync(Frame(3, "a stranger's key", hex: false));
        await logger.SendAsync(Logger.Upload(Mn, 4)); // one in clear from the same logger
        foreach (var expected in (string[])[Qn(1), Qn(2), Logger.Qn(4)]) Assert.Contains(expected, await logger.ReadAsync(), StringComparison.Ordinal);
        await Eventually.That(() => host.Log.Stored.Count is 4);
        Assert.Equal([null, "CrcMismatch", "Encrypted", "Encrypted"], host.Log.Stored.Select(frame => frame.Arrival.Why).Order(StringComparer.Ordinal));
        Assert.Single(host.Log.Stored, frame => frame.Arrival.Verdict is FrameVerdict.Rejected);
    }

    private static string Qn(int number) => string.Create(CultureInfo.InvariantCulture, $"202603010800{number:D2}001");

    private static byte[] Frame(int number, string key, bool hex)
    {
        var area = string.Create(CultureInfo.InvariantCulture, $"DataTime=202603010800{number:D2};w01018-Rtd={number}.{number},w01018-Flag=N");
        var head = $"QN={Qn(number)};ST=32;CN=2011;PW=123456;MN={Mn};Flag=9;CP=&&";
        var plain = Encoding.ASCII.GetBytes($"{head}{area}&&");
        var cipher = Encoding.ASCII.GetBytes(area);
        AreaCipher.Encrypt(new(Encoding.ASCII.GetBytes(key)), cipher);
        var blocks = cipher.Length / 16 * 16;
        byte[] sent = hex ? [.. Encoding.ASCII.GetBytes(Convert.ToHexString(cipher.AsSpan(0, blocks))), .. cipher.AsSpan(blocks)] : cipher;
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"##{plain.Length:D4}{head}")), .. sent, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"&&{Crc16.Compute(plain):X4}\r\n"))];
    }
}
