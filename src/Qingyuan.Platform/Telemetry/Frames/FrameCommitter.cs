using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Qingyuan.Platform.Telemetry.Binary;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Telemetry.Store;

namespace Qingyuan.Platform.Telemetry.Frames;

/// <summary>Stores a full buffer: packs its batches, commits them together, then tells everyone who waits. Runs on the log's own thread.</summary>
internal sealed class FrameCommitter(
    IFrameStore store, RecentBatches recent, TelemetryOptions options, TelemetryMetrics metrics, ILogger<FrameCommitter> logger) : IDisposable
{
    private const int EpochShift = 32;

    private readonly BatchCodec _codec = new(options.ZstdLevel);
    private readonly ByteWriter _writer = new(options.BatchBytes);
    private readonly List<BatchRow> _rows = [];
    private readonly List<byte[]> _contents = [];
    private byte[]? _head;
    private volatile string? _trouble;

    public string? Trouble => _trouble;

    /// <summary>Finds the end of the log and opens a new epoch.</summary>
    /// <returns>The id of the first batch to write.</returns>
    public long Open()
    {
        var head = store.ReadHead();
        _head = head.Sha256;
        recent.StartAt(head.Id);
        return (((head.Id >> EpochShift) + 1) << EpochShift) + 1;
    }

    public void Commit(FrameBuffer buffer)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            RefuseWhenNearlyFull();
            _head ??= store.ReadHead().Sha256; // after a failure only the disk knows what was stored
            Pack(buffer);
            store.Append(_rows);
            _head = _rows[^1].Sha256;
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            Fail(buffer, error);
            return;
        }

        Recover();
        // Readers first: who was told "durable" must find the frame.
        for (var i = 0; i < _rows.Count; i++) recent.Add(_rows[i].Id, _contents[i]);
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
            Recover();
        }
        catch (Exception error) when (error is DbException or IOException or UnauthorizedAccessException)
        {
            _trouble = Describe(error);
        }
    }

    public void Dispose() => _codec.Dispose();

    private void Pack(FrameBuffer buffer)
    {
        _rows.Clear();
        _contents.Clear();
        var previous = _head!; // read a line before
        for (var i = 0; i < buffer.Batches.Count; i++)
        {
            _writer.Clear();
            BatchContent.Write(_writer, buffer.Slots(i), buffer.Bytes(i));
            var content = _writer.ToArray();
            var row = _codec.Pack(buffer.Batches[i], buffer.Slots(i), content, previous, hurry: buffer.Batches.Count > 1);
            _contents.Add(content);
            _rows.Add(row);
            previous = row.Sha256;
        }
    }

    private void RefuseWhenNearlyFull()
    {
        if (store.Space() is not var (free, total)) return;
        if (free < Math.Min(options.MinimumFreeBytes, total / 100 * options.MinimumFreePercent)) throw new DiskNearlyFullException(free);
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
