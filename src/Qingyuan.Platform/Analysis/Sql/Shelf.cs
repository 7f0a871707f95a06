using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Qingyuan.Platform.Analysis.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;

namespace Qingyuan.Platform.Analysis.Sql;

/// <summary>A data set on disk.</summary>
internal sealed record ShelvedSet(SqlDataSet Set, string OwnerId, string Folder, IReadOnlySet<int> Stations);

/// <summary>The rows of an answer on disk, one JSON array a line.</summary>
internal sealed record ShelvedAnswer(Guid Id, string OwnerId, string File, IReadOnlyList<SqlColumn> Columns, IReadOnlySet<int> Stations, DateTimeOffset ExpiresAt);

/// <summary>What each person has on disk, in a folder of their own. Known in memory only: after a restart it is gone, and so are the files.</summary>
internal sealed class Shelf(DataDirectory data, TimeProvider clock)
{
    /// <summary>So many of each kind a person keeps; the oldest goes.</summary>
    private const int MostEach = 3;

    private readonly ConcurrentDictionary<Guid, ShelvedSet> _sets = [];
    private readonly ConcurrentDictionary<Guid, ShelvedAnswer> _answers = [];

    /// <summary>A new path in the person's own folder.</summary>
    public string PlaceFor(Actor owner, Guid id)
    {
        var folder = Path.Combine(data.Sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner.Id)).AsSpan(0, 16)));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, id.ToString("N"));
    }

    public void Put(ShelvedSet set)
    {
        _sets[set.Set.Id] = set;
        foreach (var old in _sets.Values.Where(each => each.OwnerId == set.OwnerId).OrderByDescending(each => each.Set.PreparedAt).ThenByDescending(each => each.Set.Id).Skip(MostEach)) Remove(old);
    }

    public void Put(ShelvedAnswer answer)
    {
        _answers[answer.Id] = answer;
        foreach (var old in _answers.Values.Where(each => each.OwnerId == answer.OwnerId).OrderByDescending(each => each.Id).Skip(MostEach)) Remove(old);
    }

    /// <summary>The person's own, and only while they may see all stations in it.</summary>
    public bool TryGet(Guid id, ICurrentActor person, [NotNullWhen(true)] out ShelvedSet? set) =>
        _sets.TryGetValue(id, out set) && set.OwnerId == person.Actor.Id && set.Set.ExpiresAt > clock.GetUtcNow() && Sees(person, set.Stations);

    public bool TryGet(Guid id, ICurrentActor person, [NotNullWhen(true)] out ShelvedAnswer? answer) =>
        _answers.TryGetValue(id, out answer) && answer.OwnerId == person.Actor.Id && answer.ExpiresAt > clock.GetUtcNow() && Sees(person, answer.Stations);

    /// <summary>The person's newest for the same question.</summary>
    public ShelvedSet? Find(string query, ICurrentActor person) =>
        _sets.Values.Where(set => set.Set.Query == query && TryGet(set.Set.Id, person, out ShelvedSet? _)).MaxBy(set => set.Set.PreparedAt);

    /// <summary>Removes what has had its time.</summary>
    public void Tidy()
    {
        var now = clock.GetUtcNow();
        foreach (var set in _sets.Values.Where(set => set.Set.ExpiresAt <= now)) Remove(set);
        foreach (var answer in _answers.Values.Where(answer => answer.ExpiresAt <= now)) Remove(answer);
    }

    /// <summary>Removes what an earlier run left.</summary>
    public void Clear()
    {
        var folder = Path.Combine(data.Root, "sql");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static bool Sees(ICurrentActor person, IReadOnlySet<int> stations) => person.StationScope is not { } scope || stations.All(scope.Contains);

    private void Remove(ShelvedSet set)
    {
        if (_sets.TryRemove(set.Set.Id, out _) && Directory.Exists(set.Folder)) Directory.Delete(set.Folder, recursive: true);
    }

    private void Remove(ShelvedAnswer answer)
    {
        if (_answers.TryRemove(answer.Id, out _)) File.Delete(answer.File);
    }
}
