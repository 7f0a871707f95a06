using Qingyuan.Hj212.Catalogue;
using Qingyuan.Hj212.Commands;
using Qingyuan.Hj212.Dictionaries;
using Qingyuan.Hj212.Messages.Bodies;
using Qingyuan.Hj212.Segments;

namespace Qingyuan.Hj212.Tests.Catalogue;

public class CommandCatalogueTests
{
    // The command codes of each edition, written down a second time: a row lost or invented is red.
    private static readonly int[] Of2005 =
        [1000, 1001, 1011, 1012, 1021, 1022, 1031, 1032, 1041, 1042, 1061, 1062, 1072, 2011, 2012, 2021, 2022, 2031, 2041, 2051, 2061, 2071, 2072, 3011, 3012, 3013, 3014, 9011, 9012, 9013, 9014];

    private static readonly int[] Of2017 =
        [1000, 1011, 1012, 1013, 1061, 1062, 1063, 1064, 1072, 2011, 2012, 2021, 2022, 2031, 2041, 2051, 2061, 2081, 3011, 3012, 3013, 3014, 3015, 3016, 3017, 3018, 3019, 3020, 3021, 9011, 9012, 9013, 9014];

    private static readonly int[] Of2025 =
    [
        1000, 1001, 1002, 1011, 1012, 1013, 1014, 1061, 1062, 1063, 1064, 1072, 2011, 2012, 2013, 2021, 2022, 2031, 2041, 2051, 2052, 2061, 2062, 2081, 2111,
        3011, 3012, 3013, 3018, 3019, 3020, 3021, 3022, 3024, 9011, 9012, 9013, 9014, 9015,
    ];

    [Fact]
    public void Each_edition_has_its_commands_and_no_other()
    {
        Assert.Equal(Of2005, Commands(Edition.V2005));
        Assert.Equal(Of2017, Commands(Edition.V2017));
        Assert.Equal(Of2025, Commands(Edition.V2025));
    }

    [Fact]
    public void Every_row_has_names_in_both_languages_and_fields_the_dictionary_knows()
    {
        foreach (var spec in CommandCatalogue.Default.All)
        {
            Assert.True(spec.NameZh.Length > 1 && spec.NameEn.Length > 1 && spec.NameZh != spec.NameEn, $"{spec.Command}");
            Assert.All(spec.Fields.Where(field => field.Name != "-"), field => Assert.True(FieldDictionary.Find(field.Name, spec.Edition) is not null, $"{spec.Command} {field.Name}"));
        }
    }

    [Fact]
    public void What_is_asked_for_with_data_has_data_that_answer()
    {
        foreach (var query in CommandCatalogue.Default.All.Where(spec => spec.Answer == AnswerKind.DataAndResult))
            Assert.True(CommandCatalogue.Default.TryFind(query.Command, query.Edition, Sender.Field, out _), $"{query.Command} {query.Edition}");
    }

    [Fact]
    public void Nothing_of_2025_is_certain_but_what_two_sources_say()
    {
        int[] certain = [1014, 1014, 9011, 9012, 9013, 9013, 9014, 9014, 9015];
        Assert.Equal(certain, CommandCatalogue.Default.All.Where(spec => spec is { Edition: Edition.V2025, Confidence: Confidence.Confirmed }).Select(spec => spec.Command));
    }

    [Fact]
    public void Acts_that_changed_their_number_point_at_the_new_one()
    {
        Assert.Equal(3016, Spec(3014, Edition.V2005, Sender.Host).Successor);
        Assert.Equal(3022, Spec(3015, Edition.V2017, Sender.Host).Successor);
        Assert.Equal(typeof(SamplingCycle), Spec(3014, Edition.V2005, Sender.Host).Shape.Body);
        Assert.Equal(typeof(AnalyserAct), Spec(3014, Edition.V2017, Sender.Host).Shape.Body);
    }

    [Fact]
    public void Uncertain_rows_are_replaced_left_out_and_added_by_configuration()
    {
        var heartbeat = Spec(CommandCode.Heartbeat, Edition.V2025, Sender.Field);
        var catalogue = new CommandCatalogue(new()
        {
            SampleReport2025 = 3023, Without = [(2052, Edition.V2025, Sender.Field)], Rows = [heartbeat with { Command = 9021, NameEn = "Maker's heartbeat" }, heartbeat with { NameEn = "Beat" }],
        });
        Assert.True(catalogue.TryFind(3023, Edition.V2025, Sender.Field, out var sample));
        Assert.Equal(typeof(RetainedSample), sample.Shape.Body);
        Assert.False(catalogue.TryFind(2052, Edition.V2025, Sender.Field, out _));
        Assert.True(catalogue.TryFind(9021, Edition.V2025, Sender.Field, out _));
        Assert.True(catalogue.TryFind(9015, Edition.V2025, Sender.Field, out var beat));
        Assert.Equal("Beat", beat.NameEn);
        Assert.False(CommandCatalogue.Default.TryFind(3023, Edition.V2025, Sender.Field, out _));
    }

    [Theory]
    [InlineData(3020, Edition.V2005, Sender.Field, "V2017 V2025")]
    [InlineData(9015, Edition.V2017, Sender.Field, "V2025")]
    [InlineData(3016, Edition.V2025, Sender.Host, "V2017")]
    [InlineData(1000, Edition.V2017, Sender.Host, "V2017 V2025 V2005")]
    [InlineData(9021, Edition.V2017, Sender.Field, "")]
    public void Rows_of_a_command_begin_with_its_own_edition(int command, Edition edition, Sender sender, string editions) =>
        Assert.Equal(editions, string.Join(' ', CommandCatalogue.Default.Candidates(command, edition, sender).Select(spec => spec.Edition)));

    private static MessageSpec Spec(int command, Edition edition, Sender sender)
    {
        Assert.True(CommandCatalogue.Default.TryFind(command, edition, sender, out var spec));
        return spec;
    }

    private static IEnumerable<int> Commands(Edition edition) =>
        CommandCatalogue.Default.All.Where(spec => spec.Edition == edition).Select(spec => spec.Command).Distinct().Order();
}
