using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Dictionaries;

/// <summary>A table of codes. Codes nobody knows arrive and are kept; a table only tells what it knows.</summary>
public sealed class CodeTable
{
    internal CodeTable(string clause, IReadOnlyList<CodeMeaning> all) => (Clause, All) = (clause, all);

    /// <summary>Where the table stands.</summary>
    public string Clause { get; }

    /// <summary>All rows. A code whose meaning changed has one row for each meaning.</summary>
    public IReadOnlyList<CodeMeaning> All { get; }

    /// <summary>The meaning of a code in an edition; null when that edition has no such code.</summary>
    public CodeMeaning? Find(string code, Edition edition) => All.FirstOrDefault(row => row.Code == code && row.Editions.Contains(edition));
}
