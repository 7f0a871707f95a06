using System.Text;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Hj212.Tests.Framing;

public class Crc16Tests
{
    private const string LogFrame =
        "QN=20160801085857223;ST=32;CN=3020;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20100301145000;PolId=w01018;i11001-Info=//清洗管路//&&";

    [Theory]
    [InlineData("", 0xFFFF)]
    [InlineData("0", 0x5440)]
    [InlineData("123456789", 0x2F80)]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&", 0x1C80)]
    public void The_standards_own_check_values(string text, int expected) => Assert.Equal(expected, Crc16.Compute(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("123456789", 0x4B37)]
    [InlineData("QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&", 0x0759)]
    [InlineData("QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&", 0xCCF4)]
    public void Modbus_is_another_algorithm(string text, int expected) => Assert.Equal(expected, Crc16.ComputeModbus(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Chinese_counts_by_its_bytes()
    {
        Assert.Equal(0x9741, Crc16.Compute(Encoding.UTF8.GetBytes(LogFrame)));
        Assert.Equal(0xDEC1, Crc16.Compute(CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetBytes(LogFrame)));
    }

    [Fact]
    public void Folding_and_look_ups_at_once_give_what_the_printed_loop_gives() =>
        Gen.Byte.Array[0, 300].Sample(bytes => Crc16.Compute(bytes) == Printed(bytes));

    [Fact]
    public void Sixteen_bytes_stand_for_all_before_them() => Gen.Select(Gen.Byte, Gen.Byte.Array[16, 300]).Sample((state, bytes) =>
    {
        Span<byte> folded = stackalloc byte[16];
        var done = Crc16Folding.Fold(state, bytes, folded);
        return done == bytes.Length / 16 * 16 && Crc16.EightTables(0, folded) == Crc16.EightTables(state, bytes.AsSpan(0, done));
    });

    [Fact]
    public void Pieces_give_what_the_whole_gives() =>
        Gen.Select(Gen.Byte.Array[0, 100], Gen.Int[0, 100].Array[0, 4]).Sample((bytes, places) =>
            Crc16.Compute(FrameStream.Sequence([.. FrameStream.Split(bytes, places)])) == Crc16.Compute(bytes));

    /// <summary>So a received value with any other low byte was made by another algorithm, and one damaged frame in 256 passes.</summary>
    [Fact]
    public void Only_256_values_occur()
    {
        var random = new Random(1);
        var bytes = new byte[64];
        var seen = new HashSet<ushort>();
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            seen.Add(Crc16.Compute(bytes));
        }
        Assert.Equal(256, seen.Count);
        Assert.Equal([0x00, 0x01, 0x40, 0x41, 0x80, 0x81, 0xC0, 0xC1], seen.Select(value => value & 0xFF).Distinct().Order());
    }

    /// <summary>The loop as appendix A prints it.</summary>
    private static ushort Printed(byte[] bytes)
    {
        var register = 0xFFFF;
        foreach (var octet in bytes)
        {
            register = (register >> 8) ^ octet;
            for (var bit = 0; bit < 8; bit++)
            {
                var low = register & 1;
                register >>= 1;
                if (low == 1) register ^= 0xA001;
            }
        }
        return (ushort)register;
    }
}
