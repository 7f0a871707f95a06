using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>
/// The uncompressed content of a batch: what we know beside each frame, column by column, then the frames' bytes one after another.
/// Version 1. The hash of a batch is over exactly these bytes.
/// </summary>
internal static class BatchContent
{
    private const byte Version = 1;

    /// <summary>Everything before the frames' bytes. <paramref name="strings"/> is empty before and holds the texts that occur after.</summary>
    public static void WriteColumns(ByteWriter to, ReadOnlySpan<FrameSlot> slots, StringTable strings)
    {
        foreach (ref readonly var slot in slots) strings.Add(slot.Arrival);
        to.Byte(Version);
        to.Varint(slots.Length);
        strings.Write(to);
        foreach (ref readonly var slot in slots) to.Varint(slot.Length);
        long previous = 0;
        foreach (ref readonly var slot in slots)
        {
            to.Zigzag(slot.ReceivedMicros - previous);
            previous = slot.ReceivedMicros;
        }

        foreach (ref readonly var slot in slots) to.Varint(slot.Arrival.StationNo);
        foreach (ref readonly var slot in slots) to.Byte((byte)slot.Arrival.Verdict);
        foreach (var index in strings.Mns) to.Varint(index);
        foreach (var index in strings.Whys) to.Varint(index);
        foreach (var index in strings.Sources) to.Varint(index);
    }

    /// <summary>The frames of a batch; their bytes are slices of <paramref name="content"/>.</summary>
    public static CommittedBatch Read(long id, ReadOnlyMemory<byte> content)
    {
        var reader = new ByteReader(content.Span);
        var version = reader.Byte();
        if (version != Version) throw new InvalidDataException($"Batch {id} has content version {version}, this program reads {Version}.");
        var count = reader.Int();
        var strings = new string[reader.Int()];
        for (var i = 0; i < strings.Length; i++) strings[i] = reader.Text();

        var lengths = Ints(ref reader, count);
        var received = new long[count];
        for (var i = 0; i < count; i++) received[i] = reader.Zigzag() + (i == 0 ? 0 : received[i - 1]);
        var stations = Ints(ref reader, count);
        var verdicts = reader.Bytes(count);
        var mns = Ints(ref reader, count);
        var whys = Ints(ref reader, count);
        var sources = Ints(ref reader, count);

        var frames = new StoredFrame[count];
        var offset = reader.Position;
        for (var i = 0; i < count; i++)
        {
            var why = whys[i] == 0 ? null : strings[whys[i] - 1];
            var arrival = new FrameArrival(stations[i], strings[mns[i]], Micros.Instant(received[i]), (FrameVerdict)verdicts[i], why, strings[sources[i]]);
            frames[i] = new(new(id, i), arrival, content.Slice(offset, lengths[i]));
            offset += lengths[i];
        }

        return new(id, frames);
    }

    private static int[] Ints(ref ByteReader reader, int count)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++) values[i] = reader.Int();
        return values;
    }
}
