using System.Buffers;
using System.Globalization;
using System.Text;
using Qingyuan.Hj212;
using Qingyuan.SampleSite.Outlets;

namespace Qingyuan.SampleSite.Loggers;

/// <summary>Data segments in the two shapes the sample loggers speak, and their frames.</summary>
internal static class Segment
{
    private static long _lastMillisecond;

    public static string Upload(Outlet outlet, string command, string area, string requestId) => outlet.Edition == 2005
        ? $"ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};CP=&&{area}&&"
        : $"QN={requestId};ST={outlet.System};CN={command};PW={Outlet.Password};MN={outlet.Mn};Flag=5;CP=&&{area}&&";

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
