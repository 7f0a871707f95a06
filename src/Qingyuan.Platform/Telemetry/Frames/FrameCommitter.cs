using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Stores a full buffer: chains its packed batches, commits them together, then tells everyone who waits. Runs on the log's own thread.</summary>
internal sealed class FrameCommitter(
    IFrameStore store, IMarkStore marks, RecentBatches recent, TelemetryOptions options, TelemetryMetrics metrics, ILogger<FrameCommitter> logger)
{
    private const int EpochShift = 32;
    private const int Page = 16;

    private readonly List<BatchRow> _rows = [];
    private byte[]? _head;
    private long _epoch;
    private volatile string? _trouble;

    public string? Trouble => _trouble;

    /// <summary>The writer's epoch that a batch was written in.</summary>
    public static long EpochOf(long batch) => batch >> EpochShift;

    /// <summary>Finds the end of the log and opens a new epoch.</summary>
    /// <returns>The id of the first batch to write.</returns>
    public long Open()
    {
        _epoch = store.Claim(Math.Max(EpochOf(store.ReadHead().Id), marks.Read(IMarkStore.EpochFloor)) + 1);
        // Read again: until the claim another node may still have appended.
        var head = store.ReadHead();
        _head = head.Sha256;
        recent.StartAt(head.Id);
        return (_epoch << EpochShift) + 1;
    }

    public void Commit(FrameBuffer buffer)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = FrameTrace.Commit(buffer.Count);
        var packed = buffer.Pack(); // before anything can fail: the buffer is filled again after
        try
        {
            RefuseWhenNearlyFull();
            Store(packed);
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            Fail(buffer, error);
            return;
        }
        finally
        {
            foreach (var batch in packed) batch.Dispose();
        }

        span?.SetTag("qingyuan.batch.first", _rows[0].Id).SetTag("qingyuan.batch.last", _rows[^1].Id);
        Recover();
        // Readers first: who was told "durable" must find the frame.
        for (var i = 0; i < _rows.Count; i++) recent.Add(_rows[i], packed[i].Outline);
        metrics.Committed(buffer.Count, _rows, Stopwatch.GetElapsedTime(started));
        buffer.Durable.SetResult();
    }

    /// <summary>While there is trouble: finds out by itself when it is over, also when no frame comes.</summary>
    public void Probe()
    {
        try
        {
            RefuseWhenNearlyFull();
            store.Probe();
            _head ??= TakeInStored();
            Recover();
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            _trouble = Describe(error);
        }
    }

    private void Store(PackedBatch[] packed)
    {
        try
        {
            Append(packed);
        }
        catch (LogMovedException)
        {
            _head = null; // the commit before, given up for failed, took effect a moment ago
            Append(packed);
        }
    }

    private void Append(PackedBatch[] packed)
    {
        _head ??= TakeInStored();
        Chain(packed);
        store.Append(_rows);
        _head = _rows[^1].Sha256;
    }

    /// <summary>
    /// After a failure only the disk knows what was stored. What is there although its commit failed for us was not acknowledged, but it is in the log: those who follow must not be led past it.
    /// The end is read first: a batch that comes between the two is refused as <see cref="LogMovedException"/>, instead of being followed by one that those who follow take for the next.
    /// </summary>
    /// <returns>The hash the log ends with.</returns>
    private byte[] TakeInStored()
    {
        var head = store.ReadHead().Sha256;
        var taken = 0;
        for (var rows = store.ReadAfter(recent.Last, Page); rows.Count > 0; rows = store.ReadAfter(rows[^1].Id, Page))
            taken += rows.Count(TakeIn);
        if (taken > 0) Log.StoredAfterAll(logger, taken, recent.Last);
        return head;
    }

    /// <summary>False for what another node appended, which follows it itself, and for what is damaged, which everybody passes over.</summary>
    private bool TakeIn(BatchRow row)
    {
        if (EpochOf(row.Id) != _epoch) return false;
        try
        {
            recent.Add(row, BatchOutline.Of(BatchCodec.Unpack(row)));
            return true;
        }
        catch (BatchCorruptException error)
        {
            metrics.Corrupt();
            Log.Damaged(logger, error.Message);
            return false;
        }
    }

    /// <summary>Batches are packed side by side; only the chain of hashes has an order.</summary>
    private void Chain(PackedBatch[] packed)
    {
        _rows.Clear();
        var previous = _head!; // read a line before
        foreach (var batch in packed)
        {
            var row = BatchCodec.Seal(batch, previous);
            _rows.Add(row);
            previous = row.Sha256;
        }
    }

    private void RefuseWhenNearlyFull()
    {
        if (store.Space() is not var (free, total)) return;
        if (free < options.Reserve(total)) throw new DiskNearlyFullException(free);
    }

    private void Fail(FrameBuffer buffer, Exception error)
    {
        _head = null;
        var trouble = Describe(error);
        if (_trouble != trouble) Log.StoringFailed(logger, trouble, error);
        _trouble = trouble;
        metrics.Failed(buffer.Count);
        buffer.Durable.SetException(new FramesNotStoredException(trouble, error));
        _ = buffer.Durable.Task.Exception; // nobody has to wait for it
    }

    private void Recover()
    {
        if (_trouble is null) return;
        Log.StoringWorksAgain(logger);
        _trouble = null;
    }

    private static string Describe(Exception error) => error is DiskNearlyFullException ? "disk-nearly-full" : "store-failed: " + error.Message;

    private sealed class DiskNearlyFullException(long free) : IOException($"Only {free} bytes are free.");
}
