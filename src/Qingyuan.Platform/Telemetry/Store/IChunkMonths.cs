namespace Qingyuan.Platform.Telemetry.Store;

/// <summary>The chunks of a month as a whole: what moves to the cold tier.</summary>
internal interface IChunkMonths
{
    /// <summary>Months up to <paramref name="newest"/> that have chunks, ascending: years times twelve plus month. Newer ones are not even opened.</summary>
    IReadOnlyList<int> Months(int newest = int.MaxValue);

    /// <summary>Stations that have chunks in that month, ascending.</summary>
    IReadOnlyList<int> Stations(int month);

    /// <summary>Another text after each writing of a chunk of that month.</summary>
    string Stamp(int month);

    /// <summary>Removes all chunks of a month that lie elsewhere by now. Contradictions and what was set aside as damaged stay.</summary>
    /// <returns>False, and nothing is removed, when something was written since <paramref name="stamp"/>.</returns>
    bool Drop(int month, string stamp);
}
