using Qingyuan.Platform.Alarms.Contracts;

namespace Qingyuan.Console.Alarms.Notifications;

/// <param name="Choices">Values to choose from; empty for free text.</param>
public sealed record ChannelField(string Name, bool Required = false, bool Secret = false, bool Long = false, string? Example = null, params string[] Choices);

/// <summary>A channel as the screen edits it: named fields by kind, and whatever else is set as lines <c>name=value</c>.</summary>
public sealed class ChannelForm
{
    public static readonly string[] Kinds = ["email", "wecom", "dingtalk", "sms", "webhook"];

    public string Name { get; set; } = "";

    public string Kind { get; set; } = Kinds[0];

    public bool Enabled { get; set; } = true;

    public bool ForSamples { get; set; }

    public Dictionary<string, string> Values { get; } = [];

    public string More { get; set; } = "";

    public string MoreSecrets { get; set; } = "";

    public IReadOnlyList<ChannelField> Fields => Of(Kind);

    public static ChannelForm From(ChannelView channel)
    {
        var form = new ChannelForm { Name = channel.Name, Kind = channel.Kind, Enabled = channel.Enabled, ForSamples = channel.ForSamples };
        var named = form.Fields.Select(field => field.Name).ToHashSet();
        foreach (var (name, value) in channel.Settings.Where(setting => named.Contains(setting.Key))) form.Values[name] = value;
        form.More = string.Join('\n', channel.Settings.Where(setting => !named.Contains(setting.Key)).Select(setting => $"{setting.Key}={setting.Value}"));
        return form;
    }

    public ChannelDraft ToDraft()
    {
        var settings = Lines(More);
        var secrets = Lines(MoreSecrets);
        foreach (var field in Fields)
            if (Values.GetValueOrDefault(field.Name)?.Trim() is { Length: > 0 } value) (field.Secret ? secrets : settings)[field.Name] = value;
        return new(Name.Trim(), Kind, Enabled, ForSamples, settings, secrets);
    }

    private static ChannelField[] Of(string kind) => kind switch
    {
        "email" =>
        [
            new("host", Required: true, Example: "smtp.example.com"), new("port", Required: true, Example: "465"), new("security", Choices: ["tls", "starttls", "none"]),
            new("from", Required: true, Example: "qingyuan@example.com"), new("user"), new("password", Secret: true),
        ],
        "wecom" => [new("key", Required: true, Secret: true)],
        "dingtalk" => [new("key", Required: true, Secret: true), new("signSecret", Secret: true)],
        "sms" =>
        [
            new("url", Required: true, Example: "https://sms.example.com/send"), new("method", Choices: ["POST", "GET", "PUT"]), new("contentType", Example: "application/json"),
            new("body", Required: true, Long: true, Example: """{"phone":"{address}","text":"{title}"}"""), new("key", Secret: true), new("successField"), new("successValue"),
        ],
        _ => [new("url", Required: true, Example: "https://hook.example.com/alarm"), new("method", Choices: ["POST", "PUT"]), new("body", Long: true)],
    };

    private static Dictionary<string, string?> Lines(string text)
    {
        var found = new Dictionary<string, string?>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split('=', 2, StringSplitOptions.TrimEntries);
            found[parts[0]] = parts.Length > 1 ? parts[1] : "";
        }

        return found;
    }
}
