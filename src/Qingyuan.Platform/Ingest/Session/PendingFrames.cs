using System.Buffers;
using Qingyuan.Platform.Telemetry.Contracts;

namespace Qingyuan.Platform.Ingest.Session;

/// <summary>Frames of one connection that wait for their batch, in order of arrival, with the answers already written out. Two rings that grow to what is needed and are reused.</summary>
/// <remarks>Not thread-safe: the owner locks.</remarks>
internal sealed class PendingFrames(int most)
{
    private Pending[] _frames = new Pending[Math.Min(4, most)];
    private int _first;
    private byte[] _answers = [];
    private int _answersStart;
    private int _answersEnd;

    public int Count { get; private set; }

    public bool IsFull => Count >= most;

    /// <summary>The oldest frame; there must be one.</summary>
    public ref readonly Pending Oldest => ref _frames[_first];

    public void Add(in FrameReceipt receipt, Task? firstCopy, ReadOnlySpan<byte> answer, long arrivedAt)
    {
        if (Count == _frames.Length) GrowFrames();
        _frames[(_first + Count) % _frames.Length] = new(receipt, firstCopy, answer.Length, arrivedAt);
        Count++;
        if (answer.IsEmpty) return;
        MakeRoom(answer.Length);
        answer.CopyTo(_answers.AsSpan(_answersEnd));
        _answersEnd += answer.Length;
    }

    /// <summary>Takes the oldest frame out and its answer, if <paramref name="output"/> wants it.</summary>
    public Pending TakeOldest(IBufferWriter<byte>? output)
    {
        var oldest = _frames[_first];
        _frames[_first] = default;
        _first = (_first + 1) % _frames.Length;
        Count--;
        output?.Write(_answers.AsSpan(_answersStart, oldest.AnswerLength));
        _answersStart += oldest.AnswerLength;
        if (_answersStart == _answersEnd) _answersStart = _answersEnd = 0;
        return oldest;
    }

    private void GrowFrames()
    {
        var larger = new Pending[Math.Min(_frames.Length * 2, most)];
        for (var i = 0; i < Count; i++) larger[i] = _frames[(_first + i) % _frames.Length];
        (_frames, _first) = (larger, 0);
    }

    private void MakeRoom(int needed)
    {
        if (_answersEnd + needed <= _answers.Length) return;
        var used = _answersEnd - _answersStart;
        var target = used + needed <= _answers.Length / 2 ? _answers : new byte[Math.Max(256, (used + needed) * 2)];
        Buffer.BlockCopy(_answers, _answersStart, target, 0, used);
        (_answers, _answersStart, _answersEnd) = (target, 0, used);
    }
}

/// <summary>A frame between arrival and answer. For a repeat, the first copy's batch counts as well as its own.</summary>
internal readonly record struct Pending(FrameReceipt Receipt, Task? FirstCopy, int AnswerLength, long ArrivedAt)
{
    public bool IsDecided => Receipt.Durable.IsCompleted && FirstCopy is null or { IsCompleted: true };

    public bool IsDurable => Receipt.Durable.IsCompletedSuccessfully && FirstCopy is null or { IsCompletedSuccessfully: true };
}
