using System.Globalization;
using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Factors;
using Qingyuan.Hj212.Inspection;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Explaining;

internal delegate (Bilingual Meaning, string Clause) ItemWords(in DataItem item);

/// <summary>What fields and items say, put together from the dictionaries.</summary>
internal sealed class PieceWords(Edition edition, MessageSpec? spec)
{
    private static readonly CultureInfo Chinese = new("zh-CN");
    private static readonly CultureInfo English = new("en");

    /// <summary>The sentence of a rule.</summary>
    public static Bilingual Sentence(string rule) => new(NoteTexts.Of(rule, Chinese), NoteTexts.Of(rule, English));

    public Bilingual Summary(in SegmentHeader header)
    {
        var (year, mn) = (Year(edition), WireText.Decode(header.Mn));
        return spec is null
            ? new($"{year} 版，未知命令 {WireText.Decode(header.Cn)}，MN {mn}", $"Edition {year}, unknown command {WireText.Decode(header.Cn)}, MN {mn}")
            : new($"{year} 版，{(spec.Sender == Sender.Host ? "上位机" : "现场机")}：{spec.NameZh}（{spec.Command}），MN {mn}", $"Edition {year}, from the {(spec.Sender == Sender.Host ? "host" : "field")}: {spec.NameEn} ({spec.Command}), MN {mn}");
    }

    public (Bilingual Meaning, string Clause) Header(in DataItem field)
    {
        var value = WireText.Decode(field.Value);
        Bilingual meaning = WireText.Decode(field.Name) switch
        {
            "QN" => new($"请求编码：{Time(field.Value, value)}", $"Request id: {Time(field.Value, value)}"),
            "ST" => Coded("系统编码", "System", value, SystemCodes.Table),
            "CN" => new($"命令编码：{spec?.NameZh ?? "未知"}", $"Command: {spec?.NameEn ?? "unknown"}"),
            "PW" => new("访问密码", "Access password"),
            "MN" => new("设备唯一标识", "Identity of the logger"),
            "Flag" => Flag(WireText.Number(field.Value)),
            "PNUM" => new($"总包数 {value}", $"Split into {value} parts"),
            "PNO" => new($"第 {value} 包", $"Part {value}"),
            "RF" => new("补传数据", "Sent again after an outage"),
            _ => new("标准没有的包头字段", "A header field the standard does not have"),
        };
        return (meaning, StrictCheck.Segment);
    }

    public (Bilingual Meaning, string Clause) Item(in DataItem item)
    {
        var (name, value) = (WireText.Decode(item.Name), WireText.Decode(item.Value));
        var field = FieldDictionary.Find(item.Suffix.IsEmpty ? name : "-" + WireText.Decode(item.Suffix), edition);
        if (item.Suffix.IsEmpty) return (field is null ? Unknown(value) : Plain(field, item, value), field?.Clause ?? StrictCheck.Dictionary);
        var code = WireText.Decode(item.Code);
        var factor = FactorTable.TryGet(code, out var row) ? row : null;
        var said = Said(item, field, factor, value);
        var (zh, en) = (factor is null ? code : factor.NameZh.Length > 0 ? factor.NameZh : code, factor?.NameEn ?? code);
        var what = field is null ? new(WireText.Decode(item.Suffix), WireText.Decode(item.Suffix)) : new Bilingual(field.NameZh, Small(field.NameEn));
        return (new($"{zh}，{what.Zh}：{said.Zh}", $"{en}, {what.En}: {said.En}"), field?.Clause ?? StrictCheck.Dictionary);
    }

    private Bilingual Plain(FieldDefinition field, in DataItem item, string value)
    {
        if (field.Codes is { } codes) return Coded(field.NameZh, field.NameEn, value, codes);
        var said = WithUnit(Time(item.Value, value), field.Unit);
        if (field.Name is "PolId" or "InfoId" && FactorTable.TryGet(value, out var factor)) return new($"{field.NameZh}：{factor.NameZh}", $"{field.NameEn}: {factor.NameEn}");
        return new($"{field.NameZh}：{said}", $"{field.NameEn}: {said}");
    }

    private Bilingual Said(in DataItem item, FieldDefinition? field, Factor? factor, string value)
    {
        var meaning = field?.Codes?.Find(value, edition);
        if (InformationCodes.TryGet(WireText.Decode(item.Code), out var information)) meaning ??= information.Values.FirstOrDefault(one => one.Code == value);
        if (meaning is not null) return new($"{value} {meaning.NameZh}", $"{value}, {Small(meaning.NameEn)}");
        var unit = field?.Unit ?? (field is { Format: null } ? item.Suffix.SequenceEqual("Cou"u8) ? factor?.EmissionUnit : factor?.Unit : null);
        var text = field?.Format is ['Y', ..] ? Time(item.Value, value) : WithUnit(value, unit);
        return new(text, text);
    }

    private Bilingual Coded(string zh, string en, string value, CodeTable table) =>
        table.Find(value, edition) is { } row ? new($"{zh}：{row.NameZh}", $"{en}: {Small(row.NameEn)}") : new($"{zh}：{value}（表中没有）", $"{en}: {value} (not in the table)");

    private static Bilingual Unknown(string value) => new($"标准没有这个字段：{value}", $"The standard has no such field: {value}");

    private static Bilingual Flag(int flag)
    {
        if (flag < 0) return new("标志不是数字", "Flag is no number");
        var (answer, split) = ((flag & 1) != 0, (flag & 2) != 0);
        var version = (flag >> 2) switch { 0 => "2005", 1 => "2017", 2 => "2025", _ => "?" };
        return new($"标志：{version} 版，{(answer ? "要求应答" : "不要求应答")}，{(split ? "有拆分" : "不拆分")}", $"Flag: edition {version}, {(answer ? "wants an answer" : "wants no answer")}, {(split ? "split" : "not split")}");
    }

    private static string Year(Edition edition) => edition switch { Edition.V2005 => "2005", Edition.V2017 => "2017", _ => "2025" };

    /// <summary>The unit as it is printed: the tables write it in plain letters, and <c>1</c> where there is none.</summary>
    private static string WithUnit(string value, string? unit) => unit switch
    {
        null or "1" => value,
        "degC" => $"{value} ℃",
        _ => $"{value} {unit.Replace("m3", "m³", StringComparison.Ordinal).Replace("ug/", "μg/", StringComparison.Ordinal)}",
    };

    /// <summary>A time as people write it; other values as sent.</summary>
    private static string Time(ReadOnlySpan<byte> digits, string value) =>
        WireTime.TryParse(digits, out var time) ? time.ToString(digits.Length == 17 ? "yyyy-MM-dd HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : value;

    /// <summary>A name inside a sentence; abbreviations stay.</summary>
    private static string Small(string name) => name.Length > 1 && char.IsAsciiLetterLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
}
