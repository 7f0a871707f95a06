using System.Globalization;
using Qingyuan.Hj212.Framing;

namespace Qingyuan.Benchmarks.Hj212;

/// <summary>Minute uploads of a flue gas station as they come over the wire: 1,024 different ones, glued together.</summary>
internal static class SampleFrames
{
    private static readonly string[] Factors = ["a00000", "a21026", "a21002", "a34013", "a19001", "a01012"];

    public static byte[][] All { get; } = [.. Enumerable.Range(0, 1024).Select(Frame)];

    public static byte[] Glued { get; } = [.. All.SelectMany(frame => frame)];

    private static byte[] Frame(int number)
    {
        var random = new Random(number);
        var at = new DateTime(2026, 1, 1).AddMinutes(number);
        var objects = Factors.Select(factor => string.Create(CultureInfo.InvariantCulture,
            $"{factor}-Min={random.Next(100, 300) / 10m},{factor}-Avg={random.Next(300, 500) / 10m},{factor}-Max={random.Next(500, 900) / 10m},{factor}-Flag=N"));
        return new FrameBuilder
        {
            Qn = FrameBuilder.QnAt(at.AddMinutes(1)), St = "31", Cn = "2051", Pw = "123456", Mn = "010000A8900016F000169DC0", Flag = 5,
            Area = string.Create(CultureInfo.InvariantCulture, $"DataTime={at:yyyyMMddHHmmss};{string.Join(';', objects)}"),
        }.ToBytes();
    }
}
