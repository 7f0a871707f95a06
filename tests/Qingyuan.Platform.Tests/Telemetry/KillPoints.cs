namespace Qingyuan.Platform.Tests.Telemetry;

/// <summary>Ends what a process can do to its disk at a moment drawn by lot: from there on every further step of it fails, as if it were dead.</summary>
internal sealed class KillPoints(Random random)
{
    private readonly Lock _gate = new();
    private int _left = int.MaxValue;

    public bool IsDead { get; private set; }

    /// <summary>At one of the next steps.</summary>
    public void Arm(int steps)
    {
        lock (_gate) _left = random.Next(steps);
    }

    public void Disarm()
    {
        lock (_gate) _left = int.MaxValue;
    }

    public void Kill()
    {
        lock (_gate) IsDead = true;
    }

    /// <summary>Between two things that a process does to its disk.</summary>
    /// <exception cref="KilledException">It is dead.</exception>
    public void Step()
    {
        lock (_gate)
        {
            if (_left != int.MaxValue && _left-- <= 0) IsDead = true;
            if (IsDead) throw new KilledException();
        }
    }

    /// <summary>The same for whoever opens a database file to write into it: dies before, or with the writing begun.</summary>
    public string Opening()
    {
        lock (_gate)
        {
            if (_left != int.MaxValue && _left-- <= 0 && !IsDead)
            {
                IsDead = true;
                if (random.Next(2) is 0) return "PRAGMA query_only = 1";
            }

            if (IsDead) throw new KilledException();
            return "PRAGMA synchronous = OFF"; // it is the process that dies, not the machine
        }
    }
}

internal sealed class KilledException : IOException
{
    public KilledException()
        : base("killed")
    {
    }
}
