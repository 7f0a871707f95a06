using System.Globalization;
using Qingyuan.Ledger.Checkpoints;

namespace Qingyuan.Ledger.Verifying;

/// <summary>Whose signatures a checkpoint needs (C2SP tlog-policy): logs, named witnesses, groups and one quorum.</summary>
/// <remarks>Count organisations, not machines: one witness line for each organisation.</remarks>
public sealed class WitnessPolicy
{
    private const string None = "none";
    private readonly Dictionary<string, Func<SignedNote, bool>> _members = [];
    private readonly List<NoteKey> _logs = [];
    private readonly List<NoteKey> _witnesses = [];
    private string _quorum = "";

    private WitnessPolicy()
    {
    }

    /// <summary>The logs whose checkpoints are accepted.</summary>
    public IReadOnlyList<NoteKey> Logs => _logs;

    /// <summary>All witnesses named.</summary>
    public IReadOnlyList<NoteKey> Witnesses => _witnesses;

    /// <summary>No cosignature is asked for: what passes is one party's word.</summary>
    public bool IsSingleParty => _quorum == None;

    /// <summary>The policy of an organisation that stands alone.</summary>
    public static string SingleParty(IEnumerable<NoteKey> logs) =>
        "# One organisation, no witnesses: logged, not certified.\n" + string.Concat(logs.Select(log => $"log {log}\n")) + "quorum none\n";

    /// <summary>Reads a policy; false unless every line is understood.</summary>
    public static bool TryParse(string text, out WitnessPolicy? policy)
    {
        ArgumentNullException.ThrowIfNull(text);
        var candidate = new WitnessPolicy();
        policy = null;
        foreach (var line in text.Split('\n'))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#')) continue;
            if (!candidate.TryLine(words)) return false;
        }

        if (candidate._quorum.Length == 0) return false;
        policy = candidate;
        return true;
    }

    /// <summary>Whether enough witnesses cosigned <paramref name="note"/>. True without any when the quorum is <c>none</c>.</summary>
    public bool HasQuorum(SignedNote note) => IsSingleParty || _members[_quorum](note);

    private bool TryLine(string[] words) => words switch
    {
        ["log", var key, .. { Length: <= 1 }] => TryLog(key),
        ["witness", var name, var key, .. { Length: <= 1 }] => TryWitness(name, key),
        ["group", var name, var count, .. { Length: >= 1 } members] => TryGroup(name, count, members),
        ["quorum", var name] => TryQuorum(name),
        _ => false,
    };

    private bool TryLog(string text)
    {
        if (!NoteKey.TryParse(text, out var key) || key!.IsCosignature || _logs.Any(log => log.Public.Equals(key.Public))) return false;
        _logs.Add(key);
        return true;
    }

    private bool TryWitness(string name, string text)
    {
        if (name == None || !NoteKey.TryParse(text, out var key) || !key!.IsCosignature || _witnesses.Any(other => other.Public.Equals(key.Public))) return false;
        _witnesses.Add(key);
        return _members.TryAdd(name, note => note.Check(key, out _) is NoteVerdict.Good);
    }

    private bool TryGroup(string name, string count, string[] members)
    {
        var needed = count switch
        {
            "any" => 1,
            "all" => members.Length,
            _ => int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var k) ? k : 0,
        };
        if (name == None || needed < 1 || needed > members.Length || members.Distinct().Count() != members.Length || !members.All(_members.ContainsKey)) return false;
        Func<SignedNote, bool>[] judges = [.. members.Select(member => _members[member])];
        return _members.TryAdd(name, note => judges.Count(judge => judge(note)) >= needed);
    }

    private bool TryQuorum(string name)
    {
        if (_quorum.Length > 0 || (name != None && !_members.ContainsKey(name))) return false;
        _quorum = name;
        return true;
    }
}
