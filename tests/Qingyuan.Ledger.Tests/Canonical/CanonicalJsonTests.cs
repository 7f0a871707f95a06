using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Qingyuan.Ledger.Canonical;
using Qingyuan.Ledger.Merkle;

namespace Qingyuan.Ledger.Tests.Canonical;

public class CanonicalJsonTests
{
    internal const string Vector = """{"actor":{"auth":"passkey","id":"u:zhangsan","key":"sm2:6f1c","role":"op.engineer"},"at":"2026-11-23T08:15:30.250+08:00","body":{"result":"合格","unit":"mg/L","zero_after":"0.01","zero_before":"0.42"},"device":"an:COD-7F21","kind":"om.calibration.zero","media":[{"name":"photo-1.jpg","sha256":"b64:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=","size":"284113","sm3":"b64:Zsfw9GLu7dnR8tRr3BDk4kFnxIdc8veiKX2gK49LqOA="}],"org":"op:91310000MA1FL0XX1X","prev":"b64:jGVqNnbX1r3h0+2ZrYyVq9x9mH4T9m7uE4S7t0zq6yM=","salt":"b64:AAECAwQFBgcICQoLDA0ODw==","seq":"1042","site":"outlet:310000-0001-DW001","v":1}""";

    [Fact]
    public void The_worked_entry_is_canonical_and_hashes_to_the_published_leaves()
    {
        var bytes = Encoding.UTF8.GetBytes(Vector);
        Assert.Equal(600, bytes.Length);
        Assert.Equal(CanonicalFault.None, CanonicalJson.Check(bytes));
        Assert.Equal("b2a972da0dfba1474de9c8fd8d450efdb6623221eb7a71f563ff2e7c715037ba", HashSuite.Sha256.Leaf(bytes).ToString());
        Assert.Equal("4676a6b146214ac5a4998fddce7c525b235662bfffd0bc9daed35b3725ef13e8", HashSuite.Sm3.Leaf(bytes).ToString());
    }

    [Theory]
    [InlineData("", CanonicalFault.NotJson)]
    [InlineData("[]", CanonicalFault.NotJson)]
    [InlineData("{\"a\":\"b\"", CanonicalFault.NotJson)]
    [InlineData("\uFEFF{\"a\":\"b\"}", CanonicalFault.NotJson)]
    [InlineData("{\"a\":\"\\ud800\"}", CanonicalFault.NotJson)]
    [InlineData("{\"a\": \"b\"}", CanonicalFault.NotMinimal)]
    [InlineData("{\"a\":\"b\"}\n", CanonicalFault.NotMinimal)]
    [InlineData("{\"b\":\"\",\"a\":\"\"}", CanonicalFault.NotMinimal)]
    [InlineData("{\"a\":\"\\u0041\"}", CanonicalFault.NotMinimal)]
    [InlineData("{\"a\":\"\\/\"}", CanonicalFault.NotMinimal)]
    [InlineData("{\"a\":\"\",\"a\":\"\"}", CanonicalFault.DuplicateMember)]
    [InlineData("{\"b\":{\"a\":\"\",\"\\u0061\":\"\"}}", CanonicalFault.DuplicateMember)]
    [InlineData("{\"a\":1}", CanonicalFault.Number)]
    [InlineData("{\"v\":1.0}", CanonicalFault.Number)]
    [InlineData("{\"v\":1e0}", CanonicalFault.Number)]
    [InlineData("{\"v\":-0}", CanonicalFault.Number)]
    [InlineData("{\"v\":\"1\"}", CanonicalFault.Number)]
    [InlineData("{\"a\":{\"v\":1}}", CanonicalFault.Number)]
    [InlineData("{\"a\":null}", CanonicalFault.Null)]
    [InlineData("{\"a\":[null]}", CanonicalFault.Null)]
    [InlineData("{\"a\":\"e\u0301\"}", CanonicalFault.NotNormalised)]
    [InlineData("{\"a\":\"x\\ny\"}", CanonicalFault.ControlCharacter)]
    [InlineData("{\"a\":\"\u0085\"}", CanonicalFault.ControlCharacter)]
    [InlineData("{\"a\":[[[[[[[[]]]]]]]]}", CanonicalFault.TooDeep)]
    [InlineData("{\"a\":[[[[[[[]]]]]]]}", CanonicalFault.None)]
    [InlineData("{\"a\":true,\"b\":\"\\\"\\\\/\u20AC\u2028\",\"v\":12}", CanonicalFault.None)]
    public void The_checker_names_what_is_wrong(string json, CanonicalFault expected) => Assert.Equal(expected, CanonicalJson.Check(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused() => Assert.Equal(CanonicalFault.NotJson, CanonicalJson.Check([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'"', (byte)'"', (byte)'}']));

    [Fact]
    public void Members_are_ordered_by_utf16_code_units()
    {
        // U+1F600 is D83D DE00 in UTF-16 and so stands before U+FF21; by code point it would stand after it.
        var written = Encoding.UTF8.GetString(CanonicalJson.Write(new JsonObject { ["\uFF21"] = "2", ["\U0001F600"] = "1", ["€"] = "0" }));
        Assert.Equal("{\"€\":\"0\",\"\U0001F600\":\"1\",\"\uFF21\":\"2\"}", written);
    }

    [Theory]
    [InlineData(CanonicalJson.MaxBytes, true)]
    [InlineData(CanonicalJson.MaxBytes + 1, false)]
    public void The_longest_entry_has_65535_bytes(int length, bool fits)
    {
        var bytes = Encoding.UTF8.GetBytes($"{{\"a\":\"{new string('x', length - 8)}\"}}");
        Assert.Equal(length, bytes.Length);
        Assert.Equal(fits ? CanonicalFault.None : CanonicalFault.TooLong, CanonicalJson.Check(bytes));
        var write = () => CanonicalJson.Write(new JsonObject { ["a"] = new string('x', length - 8) });
        if (fits) Assert.Equal(bytes, write());
        else Assert.Equal(CanonicalFault.TooLong, Assert.Throws<CanonicalException>(write).Fault);
    }

    [Fact]
    public void A_fault_names_its_member()
    {
        var error = Assert.Throws<CanonicalException>(() => CanonicalJson.Write(new JsonObject { ["body"] = new JsonObject { ["list"] = new JsonArray("a", 2) } }));
        Assert.Equal((CanonicalFault.Number, "body.list[1]"), (error.Fault, error.Where));
    }

    [Fact]
    public void What_is_written_passes_the_check_and_a_flipped_bit_never_reads_the_same() =>
        Gen.Select(Gen.String[Gen.Char['\u0020', '\u02FF'], 0, 12].Array[1, 6], Gen.Int[0, 100_000]).Sample((texts, noise) =>
        {
            var map = new JsonObject();
            for (var i = 0; i < texts.Length; i++)
                map[$"m{i}"] = new string([.. texts[i].Where(c => !char.IsControl(c))]).Normalize(NormalizationForm.FormC);
            var bytes = CanonicalJson.Write(map);
            Assert.Equal(CanonicalFault.None, CanonicalJson.TryRead(bytes, out var read));
            Assert.True(JsonNode.DeepEquals(map, read));
            bytes[noise / 8 % bytes.Length] ^= (byte)(1 << (noise % 8));
            Assert.False(CanonicalJson.TryRead(bytes, out var other) is CanonicalFault.None && JsonNode.DeepEquals(map, other));
        }, iter: 500);
}
