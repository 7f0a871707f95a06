using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212.Framing;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>Data segments in the two shapes the sample loggers speak, and their frames.</summary>
internal static class Segment
{
    /// <summary>1024 bytes of segment less the longest header with PNUM and PNO.</summary>
    private const int LongestArea = 900;

    private static long _lastMillisecond;

    /// <summary>The segments of one upload with a request id each: one, or several sub-packets when it would be longer than the standard allows.</summary>
    public static IReadOnlyList<(string RequestId, string Text)> Upload(Outlet outlet, string command, string area, Func<string> requestId)
    {
        if (outlet.Edition == 2005) return [("", $"ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};CP=&&{area}&&")];
        var parts = Split(area);
        return [.. parts.Select((part, index) =>
        {
            var id = requestId();
            var numbering = parts.Count == 1 ? "Flag=5" : $"Flag=7;PNUM={parts.Count};PNO={index + 1}";
            return (id, $"QN={id};ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};{numbering};CP=&&{part}&&");
        })];
    }

    /// <summary>Cuts at the borders of items; each part repeats the DataTime (HJ 212-2017 C.49).</summary>
    private static List<string> Split(string area)
    {
        if (area.Length <= LongestArea) return [area];
        var items = area.Split(';');
        var parts = new List<string>();
        var part = items[0];
        foreach (var item in items.Skip(1))
        {
            if (part.Length + 1 + item.Length > LongestArea)
            {
                parts.Add(part);
                part = items[0];
            }

            part += ";" + item;
        }

        parts.Add(part);
        return parts;
    }

    public static string Reply(Outlet outlet, string command, string requestId, string area) => outlet.Edition == 2005
        ? $"ST=91;CN={command};PW={Outlet.Password};MN={outlet.Mn};CP=&&QN={requestId};{area}&&"
        : $"QN={requestId};ST=91;CN={command};PW={Outlet.Password};MN={outlet.Mn};Flag=4;CP=&&{area}&&";

    public static string Data(Outlet outlet, string command, string requestId, string area) => outlet.Edition == 2005
        ? $"ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};CP=&&QN={requestId};{area}&&"
        : $"QN={requestId};ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};Flag=4;CP=&&{area}&&";

    public static byte[] Frame(string segment)
    {
        var output = new ArrayBufferWriter<byte>(segment.Length + 16);
        FrameWriter.Write(output, Encoding.UTF8.GetBytes(segment));
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A QN that no other frame of this program has: the wall clock's milliseconds, moved on when one repeats.</summary>
    public static string NewRequestId(DateTime wall)
    {
        var now = wall.Ticks / TimeSpan.TicksPerMillisecond;
        long taken;
        long next;
        do
        {
            taken = Interlocked.Read(ref _lastMillisecond);
            next = Math.Max(now, taken + 1);
        }
        while (Interlocked.CompareExchange(ref _lastMillisecond, next, taken) != taken);
        return new DateTime(next * TimeSpan.TicksPerMillisecond).ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
    }
}
