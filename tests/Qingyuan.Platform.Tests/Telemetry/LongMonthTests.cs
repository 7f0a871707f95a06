using System.Runtime.CompilerServices;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Months;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>A month of more batches than fit into memory.</summary>
public sealed class LongMonthTests
{
    [Fact]
    public async Task Is_described_without_being_gathered()
    {
        var store = new Long();
        var months = new TelemetryMonths(store, null!, null!, null!, null!, null!, null!, null!, null!);

        var content = await months.DescribeAsync(TelemetryClass.Frames, 24_000, TestContext.Current.CancellationToken);

        Assert.Equal([new LogStretch("00", "ff", 256), new LogStretch("aa", "bb", 300)], content!.Stretches);
        Assert.False(store.IsFirstHeld, "The first batch was still held when the last was read.");
    }

    private sealed class Long : IMonthStore
    {
        private WeakReference? _first;

        public bool IsFirstHeld { get; private set; } = true;

        public IReadOnlyList<int> Months(TelemetryClass kind) => [24_000];

        public long Bytes(TelemetryClass kind, int month) => 1;

        public long Items(TelemetryClass kind, int month) => 1;

        public IEnumerable<BatchLink> Links(int month)
        {
            yield return First();
            for (var number = 1; number < 255; number++) yield return new(number + 1, [(byte)number], [(byte)(number + 1)]);
            GC.Collect();
            IsFirstHeld = _first!.IsAlive;
            yield return new(256, [255], [255]);
            yield return new(300, [0xaa], [0xbb]);
        }

        public IReadOnlyList<ColdFile> Files(TelemetryClass kind, int month, CancellationToken ct) => [new("frames", 1, "")];

        public void Delete(TelemetryClass kind, int month) => throw new NotSupportedException();

        [MethodImpl(MethodImplOptions.NoInlining)]
        private BatchLink First()
        {
            byte[] before = [0];
            _first = new(before);
            return new(1, before, [1]);
        }
    }
}
