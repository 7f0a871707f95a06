using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Catalogue;

/// <summary>Every kind of message of the three editions: what is asked, told, uploaded and answered, with what in it. Immutable; threads may share it.</summary>
public sealed class CommandCatalogue
{
    private readonly FrozenDictionary<(int, Edition, Sender), MessageSpec> _specs;

    /// <summary>The built-in rows, changed by <paramref name="options"/>.</summary>
    public CommandCatalogue(CatalogueOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var rows = new Dictionary<(int, Edition, Sender), MessageSpec>();
        foreach (var row in BuiltIn.Rows(options.SampleReport2025)) rows.Add(Key(row), row);
        foreach (var key in options.Without) rows.Remove(key);
        foreach (var row in options.Rows) rows[Key(row)] = row;
        _specs = rows.ToFrozenDictionary();
        All = [.. rows.Values.OrderBy(row => row.Command).ThenBy(row => row.Edition).ThenBy(row => row.Sender)];
    }

    /// <summary>The built-in rows.</summary>
    public static CommandCatalogue Default { get; } = new(new());

    /// <summary>All rows, by command, edition and sender.</summary>
    public IReadOnlyList<MessageSpec> All { get; }

    /// <summary>The row of a command in exactly this edition.</summary>
    public bool TryFind(int command, Edition edition, Sender sender, [NotNullWhen(true)] out MessageSpec? spec) =>
        _specs.TryGetValue((command, edition, sender), out spec);

    /// <summary>The rows of a command, this edition's first, then those of later editions, then earlier ones: loggers send 2005 headers on 2017 links, and 2017 headers with commands of 2025.</summary>
    public IEnumerable<MessageSpec> Candidates(int command, Edition edition, Sender sender)
    {
        for (var later = edition; later <= Edition.V2025; later++)
            if (TryFind(command, later, sender, out var spec)) yield return spec;
        for (var earlier = edition - 1; earlier >= Edition.V2005; earlier--)
            if (TryFind(command, earlier, sender, out var spec)) yield return spec;
    }

    private static (int, Edition, Sender) Key(MessageSpec row) => (row.Command, row.Edition, row.Sender);
}
