using System.Diagnostics;
using System.Text.Json.Nodes;
using MiniExcelLibs;
using Qingyuan.Platform.Stations.Archive;

namespace Qingyuan.Platform.Tests.Commands;

/// <summary><c>station import</c> as a person uses it: a spreadsheet in, one JSON line a station out, and the cell of whatever is wrong.</summary>
public class StationImportTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "qingyuan.exe" : "qingyuan");

    [Fact]
    public async Task Good_rows_are_filed_and_bad_ones_named_by_their_cell()
    {
        var (code, lines, errors) = await ImportAsync(
            Row("010000A8900016F000169DC1", "一号炉", "gas", 2017, "123456", "6"),
            Row("010000A8900016F000169DC2", "二号炉", "fire", 2017, "123456", "6"),
            Row("010000A8900016F000169DC3", "总排口", "water", "2017", "000123", null),
            Row("010000A8900016F000169DC4", "三号炉", "gas", 2018, "123456", "6"),
            Row("bad mn", "四号炉", "gas", 2017, "123456", "6"),
            Row("010000A8900016F000169DC1", "别的炉", "gas", 2017, "123456", "6"),
            Row("010000A8900016F000169DC5", "五号炉", "gas", 2017, null, "6"),
            Row("010000A8900016F000169DC6", "六号炉", "gas", 2017, "123456", "much"));
        Assert.Equal(2, code);
        Assert.Equal([("010000A8900016F000169DC1", "一号炉", "6"), ("010000A8900016F000169DC3", "总排口", "")], lines.Select(Station));
        Assert.Equal(["C3", "D5", "A6", "A7", "row 8", "F9"], errors.Select(error => error[..error.IndexOf(':', StringComparison.Ordinal)]));
        Assert.Equal("C3: station.field-invalid: Field kind is invalid; expected gas | water, not fire", errors[0]);
        Assert.Equal("F9: station.field-invalid: Field referenceOxygen is invalid; expected 0 <= x < 21, not much", errors[5]);
    }

    [Theory]
    [InlineData("kind", "fire", "gas | water, not fire")]
    [InlineData("edition", "new", "2005 | 2017 | 2025, not new")]
    [InlineData("network", "string", "unstated | wired | mobile | dedicated, not string")]
    [InlineData("referenceOxygen", "abc", "0 <= x < 21, not abc")]
    [InlineData("minuteInterval", "ten", "1-60, not ten")]
    [InlineData("flags", "hj1", "hj212 | hj75, not hj1")]
    public void What_cannot_be_read_is_told_with_what_is_expected(string field, string given, string expected)
    {
        var station = new JsonObject { ["mn"] = "A1", ["name"] = "一号炉", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456", [field] = given };

        var refusal = StationReading.Draft(station).Refusal;

        Assert.Equal(("station.field-invalid", $"{field}|{expected}"), (refusal.Code, string.Join('|', refusal.Args)));
    }

    [Theory]
    [InlineData("techncian")]
    [InlineData("a name (with more)")]
    public void A_name_that_no_member_has_is_told_with_those_there_are(string name)
    {
        var station = new JsonObject { ["mn"] = "A1", ["name"] = "一号炉", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456", [name] = "li" };

        var refusal = StationReading.Draft(station).Refusal;

        Assert.Equal(name, refusal.Args[0]);
        Assert.StartsWith("one of the names mn | name | kind | edition | ", (string)refusal.Args[1], StringComparison.Ordinal);
        Assert.Contains(" | technician | ", (string)refusal.Args[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_column_is_named_and_nothing_of_its_row_is_filed()
    {
        var (code, lines, errors) = await ImportAsync(new Dictionary<string, object?>
        {
            ["mn"] = "A1", ["name"] = "一号炉", ["kind"] = "gas", ["edition"] = 2017, ["password"] = "123456", ["techncian"] = "li",
        });
        Assert.Equal(2, code);
        Assert.Empty(lines);
        Assert.StartsWith("F2: station.field-invalid: Field techncian", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_whose_digits_the_spreadsheet_has_rounded_away_is_named_before_anything_is_filed()
    {
        var (code, lines, errors) = await ImportAsync(Row("A1", "一号炉", "gas", 2017, "123456", null), Row(8888888880000001234d, "二号炉", "gas", 2017, "123456", null));
        Assert.Equal(2, code);
        Assert.Empty(lines);
        Assert.Contains(": A3: ", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stations.xlsx", "PK not really")]
    [InlineData("stations.txt", "mn,name")]
    [InlineData("stations.csv", "mn,name,kind,edition,password\n")]
    public async Task What_is_no_table_is_wrong_use(string name, string text)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-import-").FullName, name);
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        var (code, lines, errors) = await RunAsync(file);
        Assert.Equal((2, 0), (code, lines.Length));
        Assert.Contains(name, Assert.Single(errors), StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Row(object mn, string name, string kind, object edition, string? password, string? oxygen) => new()
    {
        ["mn"] = mn, ["name"] = name, ["kind"] = kind, ["edition"] = edition, ["password"] = password, ["referenceOxygen"] = oxygen,
    };

    private static (string Mn, string Name, string Oxygen) Station(string line)
    {
        var json = JsonNode.Parse(line)!;
        return (json["mn"]!.ToString(), json["name"]!.ToString(), json["parameters"]!["referenceOxygen"]?.ToString() ?? "");
    }

    private static async Task<(int Code, string[] Lines, string[] Errors)> ImportAsync(params Dictionary<string, object?>[] rows)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-import-").FullName, "stations.xlsx");
        MiniExcel.SaveAs(file, rows);
        return await RunAsync(file);
    }

    private static async Task<(int Code, string[] Lines, string[] Errors)> RunAsync(string file)
    {
        var data = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(file)!, "data")).FullName;
        using var process = Process.Start(new ProcessStartInfo(Program, ["station", "import", file, "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, Lines(await output), [.. Lines(await error).Where(line => line.StartsWith("qingyuan: ", StringComparison.Ordinal)).Select(line => line["qingyuan: ".Length..])]);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
