using System.Globalization;
using System.Reflection;
using System.Resources;
using Qingyuan.Platform.Alarms;
using Qingyuan.Platform.Alarms.Contracts;
using Qingyuan.Platform.Operations;
using Qingyuan.Platform.Operations.Contracts;
using Qingyuan.Rules.Alarms;
using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Tests.Alarms;

public class TextsTests
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    public static TheoryData<string> Emitted => [.. typeof(SignalMessages).GetFields(BindingFlags.Public | BindingFlags.Static).Select(each => (string)each.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Emitted))]
    public void Every_code_the_rules_emit_has_both_sentences(string code)
    {
        Assert.NotNull(AlarmTexts.All.Find(code, Chinese));
        Assert.NotEqual(AlarmTexts.All.Find(code, Chinese), AlarmTexts.All.Find(code, English));
    }

    [Fact]
    public void Every_code_another_slice_raises_has_both_sentences()
    {
        var codes = Directory.GetFiles(Repo.Path("src", "Qingyuan.Platform"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Where(text => text.Contains("AlarmSeverity.", StringComparison.Ordinal))
            .SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, "\"((?:alarm|ingest|notice)\\.[a-z-]+)\"")).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("ingest.store-failed", codes);
        foreach (var code in codes) Every_code_the_rules_emit_has_both_sentences(code);
    }

    [Theory]
    [InlineData(typeof(AlarmsModule))]
    [InlineData(typeof(OperationsModule))]
    public void Both_languages_have_the_same_keys_and_name_the_same_things(Type module)
    {
        var zh = Texts(module, CultureInfo.InvariantCulture);
        var en = Texts(module, English);
        Assert.NotEmpty(zh);
        Assert.Equal(zh.Keys.Order(), en.Keys.Order());
        foreach (var (key, sentence) in zh.Where(each => !each.Key.StartsWith("notice.", StringComparison.Ordinal))) Assert.Equal((key, Places(sentence)), (key, Places(en[key])));
    }

    [Fact]
    public void Every_word_of_kinds_states_acts_and_clocks_is_said()
    {
        var said = Enum.GetValues<AlarmKind>().Select(kind => AlarmTexts.Kind(kind, English))
            .Concat(Enum.GetValues<AlarmSeverity>().Select(each => AlarmTexts.Severity(each, English)))
            .Concat(Enum.GetValues<AlarmState>().Select(each => AlarmTexts.State(each, English)))
            .Concat(Enum.GetValues<WorkOrderState>().Select(each => WorkOrderTexts.State(each, English)))
            .Concat(Enum.GetNames<OrderAct>().Select(each => WorkOrderTexts.Act(each.ToLowerInvariant(), English)))
            .Concat(FaultClocks.Defaults.Select(each => WorkOrderTexts.Clock(each.Name, English)));
        Assert.All(said, text => Assert.DoesNotContain('.', text));
    }

    [Fact]
    public void A_sentence_says_value_limit_and_unit_and_codes_in_words()
    {
        var args = new Dictionary<string, string> { ["factor"] = "a21002", ["value"] = "56", ["limit"] = "50", ["unit"] = "mg/m3", ["period"] = "hour", ["bound"] = "upper" };
        Assert.Equal("a21002 小时均值 56 mg/m³，上限值 50 mg/m³", AlarmTexts.Sentence("alarm.exceedance", args, Chinese));
        Assert.Equal("a21002: hourly mean 56 mg/m³, upper limit 50 mg/m³", AlarmTexts.Sentence("alarm.exceedance", args, English));
        (args["factor"], args["value"], args["limit"], args["unit"]) = ("w01001", "9.4", "9", "1");
        Assert.Equal("w01001 小时均值 9.4，上限值 9", AlarmTexts.Sentence("alarm.exceedance", args, Chinese));
    }

    private static Dictionary<string, string> Texts(Type module, CultureInfo culture)
    {
        var set = new ResourceManager(module.Namespace + ".Texts", module.Assembly).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!;
        return set.Cast<System.Collections.DictionaryEntry>().ToDictionary(each => (string)each.Key, each => (string)each.Value!);
    }

    private static string Places(string sentence) =>
        string.Join(',', System.Text.RegularExpressions.Regex.Matches(sentence, @"\{(\w+)\}").Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal).Distinct());
}
