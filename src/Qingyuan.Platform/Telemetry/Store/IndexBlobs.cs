using Qingyuan.Platform.Telemetry.Binary;

namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>How lists of batches are written into an index entry, which grows by appending: each part counts its members and starts anew from zero.</summary>
internal static class IndexBlobs
{
    public static byte[] OfHour(int hour, List<BatchSpan> spans)
    {
        var writer = new ByteWriter();
        writer.Varint(spans.Count);
        var (id, from) = (0L, hour * Micros.PerHour);
        foreach (var span in spans)
        {
            writer.Zigzag(span.Id - id);
            writer.Zigzag(span.ReceivedFrom - from);
            writer.Varint((ulong)(span.ReceivedTo - span.ReceivedFrom));
            (id, from) = (span.Id, span.ReceivedFrom);
        }

        return writer.ToArray();
    }

    public static byte[] OfStation(List<long> batches)
    {
        var writer = new ByteWriter();
        writer.Varint(batches.Count);
        var id = 0L;
        foreach (var batch in batches)
        {
            writer.Zigzag(batch - id);
            id = batch;
        }

        return writer.ToArray();
    }

    public static IReadOnlyList<BatchSpan> Hour(int hour, byte[]? blob)
    {
        var spans = new List<BatchSpan>();
        var reader = new ByteReader(blob);
        while (!reader.AtEnd)
        {
            var (id, from) = (0L, hour * Micros.PerHour);
            for (var count = reader.Int(); count > 0; count--)
            {
                id += reader.Zigzag();
                from += reader.Zigzag();
                spans.Add(new(id, from, from + (long)reader.Varint()));
            }
        }

        return spans;
    }

    public static IReadOnlyList<long> Station(byte[]? blob)
    {
        var batches = new List<long>();
        var reader = new ByteReader(blob);
        while (!reader.AtEnd)
        {
            var id = 0L;
            for (var count = reader.Int(); count > 0; count--) batches.Add(id += reader.Zigzag());
        }

        return batches;
    }
}
