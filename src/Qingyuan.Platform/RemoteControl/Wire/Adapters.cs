using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Segments;
using Qingyuan.Hj212.Sessions;
using Qingyuan.Platform.Shared;
using Qingyuan.Rules.RemoteControl;

namespace Qingyuan.Platform.RemoteControl.Wire;

/// <summary>The adapters of this installation, read and checked once at start: <c>DIR/adapters/*.json</c>. A file that says what must not be said stops the process with its name.</summary>
internal sealed partial class Adapters
{
    private readonly Dictionary<string, Adapter> _byMn = new(StringComparer.Ordinal);

    public Adapters(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var folder = directory.Adapters;
        if (!Directory.Exists(folder)) return;
        foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal)) Add(Read(file));
    }

    public (Adapter Adapter, AdapterOperation Operation)? Find(string mn, string operation) =>
        _byMn.TryGetValue(mn, out var adapter) && adapter.Operations.TryGetValue(operation, out var how) ? (adapter, how) : null;

    /// <summary>Why an adapter cannot be used; null when it can.</summary>
    public static string? Fault(Adapter adapter)
    {
        if (string.IsNullOrWhiteSpace(adapter.Model)) return "model: missing";
        foreach (var (code, how) in adapter.Operations)
        {
            if (OperationCatalogue.Find(code) is not { } operation) return $"operations.{code}: there is no such operation";
            if (how.Command is < 1000 or > 8999) return $"operations.{code}.command: 1000 to 8999";
            if (ParameterGuard.Forbids(how.Command)) return $"operations.{code}.command: parameters of the measurement are set on site only";
            if (Standard(how.Command)) return $"operations.{code}.command: {how.Command} is the standard's own; an adapter is for what the standard does not have";
            if (how.Area.Contains("&&", StringComparison.Ordinal) || how.Area.Any(char.IsControl)) return $"operations.{code}.area: holds && or a control character";
            foreach (Match place in Places().Matches(how.Area))
                if (!operation.Parameters.Any(name => name.TrimEnd('?') == place.Groups[1].Value)) return $"operations.{code}.area: {place.Value} is no parameter of the operation";
        }

        return null;
    }

    /// <summary>The area with its parameters; null names the one that is missing.</summary>
    public static (string? Area, string? Missing) Fill(string area, IReadOnlyDictionary<string, string> given)
    {
        foreach (Match place in Places().Matches(area))
            if (!given.TryGetValue(place.Groups[1].Value, out var text) || string.IsNullOrWhiteSpace(text)) return (null, place.Groups[1].Value);
        return (Places().Replace(area, place => given[place.Groups[1].Value]), null);
    }

    private void Add(Adapter adapter)
    {
        if (Fault(adapter) is { } fault) throw Bad($"{adapter.File}: {fault}");
        foreach (var mn in adapter.Mns)
            if (!_byMn.TryAdd(mn, adapter)) throw Bad($"{adapter.File}: mns: {mn} is in {_byMn[mn].File} already");
    }

    private static Adapter Read(string file)
    {
        try
        {
            return (JsonSerializer.Deserialize(File.ReadAllBytes(file), AdapterJson.Default.Adapter) ?? throw new JsonException("is null")) with { File = file };
        }
        catch (JsonException error)
        {
            throw Bad($"{file}: {error.Message}");
        }
    }

    // A file of the operator's is a setting like those of qingyuan.json, and ends the start like them.
    private static OptionsValidationException Bad(string what) => new("adapters", typeof(Adapter), [what]);

    private static bool Standard(int command) =>
        Enum.GetValues<Edition>().Any(edition => CommandCatalogue.Default.TryFind(command, edition, Sender.Host, out _) || CommandCatalogue.Default.TryFind(command, edition, Sender.Field, out _));

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Places();
}
