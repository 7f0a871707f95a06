namespace Qingyuan.Hj212.Sessions;

/// <summary>Frames on their way out of one link, in order, with a gap between them for peers that lose what arrives glued together. Bounded: a full one says so, and nothing is dropped.</summary>
/// <param name="gap">Between the starts of two frames; zero sends as fast as the link takes them.</param>
/// <param name="most">Frames that may wait.</param>
public sealed class Outbox(TimeSpan gap, int most)
{
    private readonly Queue<byte[]> _waiting = new();
    private DateTimeOffset _free = DateTimeOffset.MinValue;

    /// <summary>No further frame is taken.</summary>
    public bool IsFull => _waiting.Count >= most;

    /// <summary>Frames that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>When <see cref="TryTake"/> next has a frame; null when none waits.</summary>
    public DateTimeOffset? DueAt => _waiting.Count is 0 ? null : _free;

    /// <summary>False when it is full.</summary>
    public bool TryAdd(byte[] frame)
    {
        if (IsFull) return false;
        _waiting.Enqueue(frame);
        return true;
    }

    /// <summary>The next frame, if one waits and the gap has passed.</summary>
    public byte[]? TryTake(DateTimeOffset now)
    {
        if (_waiting.Count is 0 || now < _free) return null;
        _free = now + gap;
        return _waiting.Dequeue();
    }
}
