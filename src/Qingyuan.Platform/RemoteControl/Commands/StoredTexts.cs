using System.Text.Json;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.RemoteControl.Commands;

internal static class StoredTexts
{
    public static string Json(IReadOnlyDictionary<string, string> texts) => JsonSerializer.Serialize(texts);

    public static Dictionary<string, string> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    public static string Args(Refusal refusal) => JsonSerializer.Serialize(refusal.Args.Select(Text).ToArray());

    public static Refusal Refusal(string code, string? args) => new(code, [.. JsonSerializer.Deserialize<string[]>(args ?? "[]") ?? []]);

    private static string Text(object arg) => Convert.ToString(arg, System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
