using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Chunks;

/// <summary>
/// The newest values of a station as bytes: one row a station, because a row a value was four fifths of what closing an hour took. Layout: version;
/// the frames they came with (stamp in ticks, receipt in microseconds, batch, ordinal); then for each value factor, quantity, text, mark, number of its frame.
/// </summary>
internal static class LatestContent
{
    private const byte Version = 1;
    private const byte NoFlag = 0;
    private const byte HasFlag = 1;

    public static byte[] Write(IReadOnlyList<LatestValue> values)
    {
        var writer = new ByteWriter(512);
        writer.Byte(Version);
        var frames = values.Select(value => (value.SampledAt, value.ReceivedAt, value.Frame)).Distinct().ToList();
        writer.Varint(frames.Count);
        foreach (var (sampledAt, receivedAt, frame) in frames)
        {
            writer.Zigzag(sampledAt.Ticks);
            writer.Zigzag(Micros.Of(receivedAt));
            writer.Zigzag(frame.Batch);
            writer.Varint(frame.Ordinal);
        }

        writer.Varint(values.Count);
        foreach (var value in values) Write(writer, value, frames.IndexOf((value.SampledAt, value.ReceivedAt, value.Frame)));
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">Another version's bytes, or fewer than there were.</exception>
    public static IReadOnlyList<LatestValue> Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        if (reader.Byte() is var version && version != Version) throw new InvalidDataException($"Newest values have version {version}, this program reads {Version}.");
        var frames = new (DateTime SampledAt, DateTimeOffset ReceivedAt, FrameId Frame)[reader.Int()];
        for (var at = 0; at < frames.Length; at++) frames[at] = (new(reader.Zigzag()), Micros.Instant(reader.Zigzag()), new(reader.Zigzag(), reader.Int()));
        var values = new LatestValue[reader.Int()];
        for (var at = 0; at < values.Length; at++) values[at] = Read(ref reader, frames);
        return values;
    }

    private static void Write(ByteWriter writer, LatestValue value, int frame)
    {
        writer.Text(value.Factor);
        writer.Text(value.Quantity);
        writer.Text(value.Text);
        writer.Byte(value.Flag is null ? NoFlag : HasFlag);
        if (value.Flag is not null) writer.Text(value.Flag);
        writer.Varint(frame);
    }

    private static LatestValue Read(ref ByteReader reader, (DateTime SampledAt, DateTimeOffset ReceivedAt, FrameId Frame)[] frames)
    {
        var (factor, quantity, text) = (reader.Text(), reader.Text(), reader.Text());
        var flag = reader.Byte() is HasFlag ? reader.Text() : null;
        var frame = frames[reader.Int()];
        return new(factor, quantity, text, flag, frame.SampledAt, frame.ReceivedAt, frame.Frame);
    }
}
