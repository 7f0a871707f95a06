using Qingyuan.Platform.Exchange.Contracts;

namespace Qingyuan.Console.Exchange;

/// <summary>A target as the screen edits it: stations as lines of <c>MN [MN there [password there]]</c>.</summary>
public sealed class TargetForm
{
    /// <summary>Data of four periods, states, running times, boots; then what is sent when asked for or when it changes.</summary>
    public static readonly int[] Commands = [2011, 2051, 2061, 2031, 2021, 2041, 2081, 2013, 2052, 2062, 2111, 3015, 3019, 3020];

    private bool? _newFirst;

    public string Name { get; set; } = "";

    public TargetKind Kind { get; set; } = TargetKind.Park;

    public string Host { get; set; } = "";

    public int? Port { get; set; }

    public bool Tls { get; set; }

    public string CertificateSha256 { get; set; } = "";

    /// <summary>0 is byte-exact.</summary>
    public int Edition { get; set; } = 2017;

    public bool WantsReply { get; set; } = true;

    public int Window { get; set; } = 8;

    public int GapMilliseconds { get; set; }

    /// <summary>As the edition has it until somebody says otherwise.</summary>
    public bool NewFirst { get => _newFirst ?? Edition is 2025; set => _newFirst = value; }

    public HashSet<int> Chosen { get; } = [2011, 2051, 2061, 2031, 2021, 2041, 2081];

    public string Key { get; set; } = "";

    public bool RemoveKey { get; set; }

    public bool Enabled { get; set; } = true;

    public string Stations { get; set; } = "";

    public static TargetForm From(TargetView target)
    {
        var form = new TargetForm
        {
            Name = target.Name, Kind = target.Kind, Host = target.Host, Port = target.Port, Tls = target.Tls, CertificateSha256 = target.CertificateSha256 ?? "", Edition = target.ByteExact ? 0 : target.Edition,
            WantsReply = target.WantsReply, Window = target.Window, GapMilliseconds = target.GapMilliseconds, NewFirst = target.NewFirst, Enabled = target.Enabled,
            Stations = string.Join('\n', target.Stations.Select(station => $"{station.Mn} {station.TargetMn}".Trim())),
        };
        form.Chosen.Clear();
        form.Chosen.UnionWith(target.Commands);
        return form;
    }

    public TargetDraft ToDraft() => new(
        Name.Trim(), Kind, Host.Trim(), Port ?? 0, Tls, CertificateSha256.Trim() is { Length: > 0 } print ? print : null, Edition is 0 ? 2017 : Edition, Edition is 0, WantsReply, Window, GapMilliseconds, NewFirst,
        [.. Chosen], RemoveKey ? "" : Key.Length > 0 ? Key : null, Enabled, null, [.. Stations.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Station)]);

    private static ForwardedStation Station(string line)
    {
        var words = line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries);
        return new(words[0], words.Length > 1 ? words[1] : null, words.Length > 2 ? words[2] : null);
    }
}
