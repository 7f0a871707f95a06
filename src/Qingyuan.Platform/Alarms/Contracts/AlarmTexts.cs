using System.Globalization;
using System.Text.Json;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Stations.Contracts;

namespace Qingyuan.Platform.Alarms.Contracts;

/// <summary>What the slice's codes say, in the language of the reader.</summary>
public static class AlarmTexts
{
    internal static readonly Sentences All = new(typeof(AlarmsModule));

    /// <summary>The alarm's sentence.</summary>
    public static string Sentence(string messageCode, IReadOnlyDictionary<string, string> args, CultureInfo? culture = null)
    {
        ArgumentNullException.ThrowIfNull(args);
        var template = All.Find(messageCode, culture) ?? messageCode;
        if (args.TryGetValue("unit", out var unit) && UnitText.Printed(unit).Length is 0) template = template.Replace(" {unit}", "", StringComparison.Ordinal); // nor the space before it
        return Sentences.Fill(template, args.ToDictionary(arg => arg.Key, arg => Word(arg.Key, arg.Value, culture), StringComparer.Ordinal));
    }

    public static string Kind(AlarmKind kind, CultureInfo? culture = null) => All.Say("kind." + Code(kind), culture);

    public static string Severity(AlarmSeverity severity, CultureInfo? culture = null) => All.Say("severity." + Code(severity), culture);

    public static string State(AlarmState state, CultureInfo? culture = null) => All.Say("state." + Code(state), culture);

    /// <summary>An enum as the API writes it: <c>early-warning</c>.</summary>
    public static string Code<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>Arguments that are codes themselves (<c>period</c> = <c>hour</c>) are said in words, a unit as it is printed.</summary>
    private static string Word(string name, string value, CultureInfo? culture) =>
        name is "unit" ? UnitText.Printed(value) : All.Find($"word.{name}.{value}", culture) ?? value;
}
