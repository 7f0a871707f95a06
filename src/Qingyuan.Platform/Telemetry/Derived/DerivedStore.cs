using System.Text.Json;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;
using ZstdSharp;

namespace Qingyuan.Platform.Telemetry.Derived;

/// <summary>What the rules computed, with the rule that did; one revision after another, as packed JSON.</summary>
internal sealed class DerivedStore(IDerivedRowStore store, TimeProvider time) : IDerivedStore
{
    private const int WrittenAtOnce = 1000;

    // Stations end their hours together. A packer is costly to make.
    private readonly GroupCommit<DerivedRow, bool> _puts = new(rows => Task.FromResult(store.Add(rows)), WrittenAtOnce);

    [ThreadStatic]
    private static Compressor? _compressor;

    [ThreadStatic]
    private static Decompressor? _decompressor;

    public Task<bool> PutAsync(int stationNo, Resolution resolution, DateTime start, IReadOnlyList<DerivedValue> values, CancellationToken ct)
    {
        if (resolution is not (Resolution.Hour or Resolution.Day)) throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "Hours and days are derived.");
        ct.ThrowIfCancellationRequested();
        var made = Micros.Of(time.GetUtcNow());
        return _puts.AddAsync(new(stationNo, resolution, start, made, Pack(values), newest => newest is null || !Unpack(newest).SequenceEqual(values)));
    }

    public Task<IReadOnlyList<(DateTime Start, IReadOnlyList<DerivedValue> Values)>> ReadAsync(
        int stationNo, Resolution resolution, DateTime from, DateTime to, CancellationToken ct)
    {
        var periods = store.Read(stationNo, resolution, from, to);
        return Task.FromResult<IReadOnlyList<(DateTime, IReadOnlyList<DerivedValue>)>>([.. periods.Select(period => (period.Start, Unpack(period.Values)))]);
    }

    private static byte[] Pack(IReadOnlyList<DerivedValue> values) =>
        (_compressor ??= new()).Wrap(JsonSerializer.SerializeToUtf8Bytes(values, JsonSerializerOptions.Web)).ToArray();

    private static IReadOnlyList<DerivedValue> Unpack(byte[] packed) =>
        JsonSerializer.Deserialize<IReadOnlyList<DerivedValue>>((_decompressor ??= new()).Unwrap(packed), JsonSerializerOptions.Web) ?? [];
}
