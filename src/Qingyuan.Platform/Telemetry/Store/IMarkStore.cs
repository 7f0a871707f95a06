namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>Durable marks: how far something has come. 0 when never set.</summary>
internal interface IMarkStore
{
    /// <summary>Batches up to this one need not be replayed.</summary>
    const string Applied = "applied-through";

    /// <summary>Batches up to this one are in the frame index.</summary>
    const string Indexed = "indexed-through";

    /// <summary>New batches get epochs above this one. 0 but in an installation that came from a backup.</summary>
    const string EpochFloor = "epoch-floor";

    /// <summary>When everything was read through last, Unix seconds.</summary>
    const string Scrubbed = "scrubbed-at";

    /// <summary>The batch up to which a walk that is not at its end yet found everything whole. 0 between walks.</summary>
    const string Walked = "walked-through";

    long Read(string name);

    void Write(string name, long value);
}
