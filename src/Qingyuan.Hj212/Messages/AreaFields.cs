using System.Globalization;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Messages;

/// <summary>Fields of a data area by name, whatever separates them. The first thing that cannot be read is kept as the refusal; reading goes on with defaults.</summary>
internal ref struct AreaFields(ReadOnlySpan<byte> area)
{
    public ReadOnlySpan<byte> Area { get; } = area;

    public MessageRefusal? Refusal { get; private set; }

    public string Text(string name) => TextOrNull(name) ?? Missing(name, "");

    public string? TextOrNull(string name) => TryFind(name, out var value) ? WireText.Decode(value) : null;

    public int Number(string name) => NumberOrNull(name) ?? Missing(name, 0);

    public int? NumberOrNull(string name)
    {
        if (!TryFind(name, out var value)) return null;
        var number = WireText.Number(value);
        return number >= 0 ? number : Refuse(name, value, 0);
    }

    /// <summary>A number of seconds, minutes, hours as loggers write them: <c>30</c>, <c>30.0</c>.</summary>
    public decimal Quantity(string name, ReadOnlySpan<byte> value) =>
        decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : Refuse(name, value, 0m);

    public DateTime Time(string name) => TimeOrNull(name) ?? Missing(name, default(DateTime));

    public DateTime? TimeOrNull(string name)
    {
        if (!TryFind(name, out var value)) return null;
        return WireTime.TryParseToSecond(value, out var time) ? time : Refuse(name, value, default(DateTime));
    }

    /// <summary>hhmmss.</summary>
    public TimeOnly TimeOfDay(string name)
    {
        if (!TryFind(name, out var value)) return Missing(name, default(TimeOnly));
        var digits = value.Length == 6 ? WireText.Number(value) : -1;
        var (hour, minute, second) = (digits / 10000, digits / 100 % 100, digits % 100);
        return digits >= 0 && hour < 24 && minute < 60 && second < 60 ? new(hour, minute, second) : Refuse(name, value, default(TimeOnly));
    }

    public T Missing<T>(string name, T otherwise)
    {
        Refusal ??= new(name, MessageRefusalReason.Missing, null);
        return otherwise;
    }

    public T Refuse<T>(string name, ReadOnlySpan<byte> value, T otherwise)
    {
        Refusal ??= new(name, MessageRefusalReason.Format, WireText.Decode(value));
        return otherwise;
    }

    /// <summary>An empty value counts as absent.</summary>
    private readonly bool TryFind(string name, out ReadOnlySpan<byte> value)
    {
        Span<byte> bytes = stackalloc byte[name.Length];
        System.Text.Encoding.ASCII.GetBytes(name, bytes);
        return DataAreaReader.TryFind(Area, bytes, out value) && !value.IsEmpty;
    }
}
