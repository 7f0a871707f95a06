using System.Globalization;
using System.Resources;
using System.Text;
using Qingyuan.Rules.Kernel;

namespace Qingyuan.Platform.Shared.Texts;

/// <summary>Sentences of one slice: a resource per code, with named places such as <c>{value}</c>.</summary>
public sealed class Sentences(Type beside, string baseName = "Texts")
{
    private readonly ResourceManager _resources = new($"{beside.Namespace}.{baseName}", beside.Assembly);

    /// <summary>The sentence; a code without one is shown itself, so that nothing is ever blank.</summary>
    public string Say(string code, IReadOnlyDictionary<string, string> args, CultureInfo? culture = null) =>
        Fill(Find(code, culture) ?? code, args);

    public string Say(string code, CultureInfo? culture = null) => Find(code, culture) ?? code;

    /// <summary>The resource as written, null when there is none.</summary>
    public string? Find(string code, CultureInfo? culture = null) => _resources.GetString(code, culture ?? CultureInfo.CurrentUICulture);

    /// <summary>Why something was refused; null when this slice has no sentence for it. Places are numbered like the refusal's arguments.</summary>
    public string? Find(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return (Find("refusal." + refusal.Code) ?? Find(refusal.Code)) is { } template
            ? Fill(template, Numbered(refusal.Args))
            : null;
    }

    /// <summary>Arguments for the places <c>{0}</c>, <c>{1}</c> and so on.</summary>
    public static IReadOnlyDictionary<string, string> Numbered(IEnumerable<object?> args) =>
        args.Select((arg, place) => (arg, place)).ToDictionary(each => each.place.ToString(CultureInfo.InvariantCulture), each => Convert.ToString(each.arg, CultureInfo.CurrentCulture) ?? "");

    /// <summary>Puts <paramref name="args"/> in their places; a place without an argument stays empty. <paramref name="escape"/> suits the target (JSON, URL).</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> args, Func<string, string>? escape = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(args);
        var text = new StringBuilder(template.Length + 64);
        for (var at = 0; at < template.Length;)
        {
            var close = template[at] == '{' ? template.IndexOf('}', at) : -1;
            if (close < 0 || !IsName(template.AsSpan(at + 1, close - at - 1)))
            {
                text.Append(template[at++]);
                continue;
            }

            if (args.TryGetValue(template[(at + 1)..close], out var value)) text.Append(escape is null ? value : escape(value));
            at = close + 1;
        }

        return text.ToString();
    }

    // JSON templates are full of braces: only {name} is a place.
    private static bool IsName(ReadOnlySpan<char> inside)
    {
        foreach (var letter in inside)
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '-') return false;
        return inside.Length > 0;
    }
}
