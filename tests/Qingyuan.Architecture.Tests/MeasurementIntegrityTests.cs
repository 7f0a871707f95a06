using System.Text.RegularExpressions;

namespace Qingyuan.Architecture.Tests;

/// <summary>Requirement 5.7.3 in testable words: who may write frames and measured values, and that nothing here makes them up.</summary>
public partial class MeasurementIntegrityTests
{
    private static readonly IReadOnlyList<SourceFile> Product = Source.Files("src", ".cs", ".razor");

    [Fact]
    [Requirement("R-5.7.3-6e")]
    public void Only_ingest_appends_frames() =>
        Assert.Equal(["Ingest"], Callers("IFrameLog", except: "Telemetry"));

    [Fact]
    [Requirement("R-5.7.3-6e")]
    public void Measured_values_are_written_by_the_twin_from_what_ingest_decoded_and_by_nobody_else() =>
        Assert.Equal(["Ingest", "Stations"], Callers("IChunkWriter", except: "Telemetry"));

    [Fact]
    [Requirement("R-5.7.3-6e")]
    public void Tables_of_frames_and_measured_values_are_insert_only()
    {
        var telemetry = Product.Where(file => file.Path.StartsWith("src/Qingyuan.Platform/Telemetry/", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(telemetry);
        Assert.Empty(telemetry.Where(file => FrameRewrite().IsMatch(file.Code)).Select(file => file.Path));
    }

    [Fact]
    [Requirement("R-5.5.3-10")]
    [Requirement("R-5.7.3-4b")]
    public void Only_the_desk_of_two_persons_deletes_months()
    {
        Assert.Equal(["Retention"], Callers("ITelemetryMonths", except: "Telemetry"));
        Assert.Equal(["src/Qingyuan.Platform/Retention/Deleting/DeletionRun.cs"], Product.Where(file => DeleteMonth().IsMatch(file.Code)).Select(file => file.Path).Where(path => !path.Contains("/Telemetry/", StringComparison.Ordinal)));
        Assert.Equal(["src/Qingyuan.Platform/Telemetry/Cold/ColdMove.cs"], Product.Where(file => DropMonth().IsMatch(file.Code)).Select(file => file.Path));
    }

    [Fact]
    [Requirement("R-5.5.3-10")]
    [Requirement("R-5.7.3-6e")]
    public void Telemetry_removes_files_and_tables_in_a_few_known_places()
    {
        string[] known =
        [
            "src/Qingyuan.Platform/Telemetry/Cold/ColdCatalogue.cs", // leftovers of a move that was cut off; a month that the desk deletes
            "src/Qingyuan.Platform/Telemetry/Store/Postgres/PostgresChunkStore.cs", // a month that lies in cold files
            "src/Qingyuan.Platform/Telemetry/Store/Postgres/PostgresMonthStore.cs", // a month that the desk deletes
            "src/Qingyuan.Platform/Telemetry/Store/Sqlite/SqliteFiles.cs", // both of them, in files
            "src/Qingyuan.Platform/Telemetry/Store/Sqlite/SqliteFrameStore.cs", // a file that only tries whether the disk takes one
        ];
        Assert.Equal(known, Product.Where(file => file.Path.StartsWith("src/Qingyuan.Platform/Telemetry/", StringComparison.Ordinal) && Removal().IsMatch(file.Code)).Select(file => file.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    [Requirement("R-5.7.3-6a")]
    [Requirement("R-5.7.3-6b")]
    public void Nothing_in_the_product_can_make_up_a_measurement()
    {
        // Chance has two honest uses here: salts and secrets, which come from RandomNumberGenerator, and jitter of retries.
        var offences = Product
            .Where(file => Chance().IsMatch(file.Code))
            .Where(file => !file.Path.Contains("/Notifications/", StringComparison.Ordinal))
            .Select(file => file.Path);
        Assert.Empty(offences);
    }

    [Fact]
    [Requirement("R-5.7.3-6a")]
    public void No_type_of_the_product_simulates_or_generates()
    {
        var offences =
            from file in Product
            from Match type in Simulator().Matches(file.Code)
            select $"{file.Path}: {type.Value}";
        Assert.Empty(offences);
    }

    [Fact]
    [Requirement("R-5.7.3-6d")]
    public void Nothing_clamps_a_measured_value_on_its_way_to_the_store()
    {
        var offences = Product
            .Where(file => file.Path.StartsWith("src/Qingyuan.Platform/Ingest/Applying", StringComparison.Ordinal)
                || file.Path.StartsWith("src/Qingyuan.Platform/Telemetry/Chunks", StringComparison.Ordinal)
                || file.Path.StartsWith("src/Qingyuan.Platform/Stations/Twin", StringComparison.Ordinal))
            .Where(file => Clamp().IsMatch(file.Code))
            .Select(file => file.Path);
        Assert.Empty(offences);
    }

    [Fact]
    [Requirement("R-5.7.3-4a")]
    [Requirement("R-5.7.3-4b")]
    public void No_code_deletes_or_changes_ledger_entries()
    {
        var offences = Product.Where(file => LedgerRewrite().IsMatch(file.Code)).Select(file => file.Path);
        Assert.Empty(offences);
    }

    private static string[] Callers(string contract, string except) =>
        [.. Product
            // A place that is given one can write; asking whether a service is one cannot.
            .Where(file => Regex.IsMatch(file.Code, $@"\b{contract}\s+\w"))
            .Select(file => file.Path.Split('/') is ["src", "Qingyuan.Platform", var slice, ..] ? slice : file.Path.Split('/')[1])
            .Where(slice => slice != except)
            .Distinct()
            .Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"(UPDATE|DELETE\s+FROM)\s+(telemetry\.)?(frame_batch|frame_index|derived|conflict)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FrameRewrite();

    [GeneratedRegex(@"\bmonths\s*\.\s*DeleteAsync\(")]
    private static partial Regex DeleteMonth();

    [GeneratedRegex(@"\bmonths\s*\.\s*Drop\(")]
    private static partial Regex DropMonth();

    [GeneratedRegex(@"\bFile\.Delete\(|\bDirectory\.Delete\(|DROP\s+TABLE|TRUNCATE\s+(TABLE\s+)?telemetry", RegexOptions.IgnoreCase)]
    private static partial Regex Removal();

    [GeneratedRegex(@"\bnew Random\(|\bRandom\.Shared\b|\bSystem\.Random\b")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\b(?:class|record|struct|interface)\s+\w*(Simulat|Generator|Faker|Mock)\w*")]
    private static partial Regex Simulator();

    [GeneratedRegex(@"\bClamp\(")]
    private static partial Regex Clamp();

    [GeneratedRegex(@"(UPDATE|DELETE\s+FROM)\s+ledger_entry\b|Set<LedgerEntry(Row)?>\(\)[^;]*\.(ExecuteDelete|ExecuteUpdate|Remove)", RegexOptions.IgnoreCase)]
    private static partial Regex LedgerRewrite();
}
