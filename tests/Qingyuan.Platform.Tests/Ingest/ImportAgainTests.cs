using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Host.Control;
using Qingyuan.Platform.Evidence.Contracts;
using Qingyuan.Platform.Ingest.Contracts;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Telemetry.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Ingest;

/// <summary>One archive of raw frames more than once, over the real platform on both engines.</summary>
public sealed class ImportAgainTests
{
    private static readonly Actor Chen = new("u:chen", Roles.Dispatcher, "self", "password");
    private static readonly Actor Li = new("u:li", Roles.Dispatcher, "self", "password");
    private static int _numbers;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task The_same_bytes_are_refused_with_when_and_by_whom_and_nothing_is_stored(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (mn, import) = (await StationAsync(house), house.Services.GetRequiredService<IFrameImport>());
        var archive = Archive(mn, 1, 2);
        Assert.Equal(2, (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value.Imported);
        var entries = await EntriesAsync(house, archive);
        var done = Assert.Single(entries, entry => entry.Kind is "frames.import.done");

        var again = await import.ImportAsync(new MemoryStream(archive), "copy.txt", Li, Ct);

        var when = StationClock.Wall(done.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Assert.Equal("import.already-done", again.Refusal.Code);
        Assert.Equal($"copy.txt|{when}|u:chen|may.txt", string.Join('|', again.Refusal.Args));
        Assert.Equal(2, (await StoredAsync(house, mn)).Count);
        Assert.Equal(entries.Count, (await EntriesAsync(house, archive)).Count);
        Assert.Equal("u:chen", (await import.PreviewAsync(new MemoryStream(archive), 1, Ct)).Earlier?.By);
        Assert.Null((await import.PreviewAsync(new MemoryStream(Archive(mn, 1, 3)), 1, Ct)).Earlier);
    }

    [Fact]
    public async Task Two_imports_of_the_same_bytes_at_once_store_them_once()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (mn, import) = (await StationAsync(house), house.Services.GetRequiredService<IFrameImport>());
        var archive = Archive(mn, [.. Enumerable.Range(1, 50)]);

        var answers = await Task.WhenAll(
            Task.Run(() => import.ImportAsync(new MemoryStream(archive), "one.txt", Chen, Ct), Ct), Task.Run(() => import.ImportAsync(new MemoryStream(archive), "two.txt", Li, Ct), Ct));

        Assert.Single(answers, answer => answer.IsOk);
        Assert.Equal("import.already-done", Assert.Single(answers, answer => !answer.IsOk).Refusal.Code);
        Assert.Equal(50, (await StoredAsync(house, mn)).Count);
    }

    [Theory]
    [InlineData(Engine.Sqlite, 2)]
    [InlineData(Engine.Sqlite, 1, 3)]
    [InlineData(Engine.Postgres, 1, 3)]
    public async Task An_import_that_was_cut_off_is_done_again_and_leaves_what_one_without_a_cut_would(Engine engine, params int[] cuts)
    {
        var house = await HostHouse.OfAsync(engine);
        var (mn, import) = (await StationAsync(house), house.Services.GetRequiredService<IFrameImport>());
        var archive = Archive(mn, 1, 2, 2, 3, 4); // one stands in it twice
        foreach (var frames in cuts)
        {
            await Assert.ThrowsAsync<IOException>(() => import.ImportAsync(new FailingFile(archive, frames * archive.Length / 5), "may.txt", Chen, Ct));
            Assert.Equal(frames, (await StoredAsync(house, mn)).Count);
        }

        var result = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value;

        Assert.Equal((5L, 5L, (long)cuts[^1]), (result.Lines, result.Imported, result.Earlier));
        Assert.Equal(Encoding.ASCII.GetString(archive), string.Concat((await StoredAsync(house, mn)).Select(frame => Encoding.ASCII.GetString(frame.Bytes.Span))));
        Assert.Equal("import.already-done", (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Refusal.Code);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_file_of_which_all_was_refused_is_imported_once_its_station_is_filed(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (mn, import) = (NewMn(), house.Services.GetRequiredService<IFrameImport>());
        var archive = Archive(mn, 1, 2);
        var refused = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value;
        Assert.Equal((0L, 2L), (refused.Imported, refused.Refused["UnknownMn"]));
        await FileAsync(house, mn);
        Assert.Null((await import.PreviewAsync(new MemoryStream(archive), 1, Ct)).Earlier);

        var result = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value;

        Assert.Equal((2L, 0L, 0), (result.Imported, result.Earlier, result.Refused.Count));
        Assert.Equal(2, (await StoredAsync(house, mn)).Count);
        Assert.Equal("import.already-done", (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Refusal.Code);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Lines_that_were_refused_are_judged_anew_and_the_others_are_not_stored_again(Engine engine)
    {
        var house = await HostHouse.OfAsync(engine);
        var (mn, late, import) = (await StationAsync(house), NewMn(), house.Services.GetRequiredService<IFrameImport>());
        byte[] archive = [.. Archive(mn, 1, 2, 2), .. Archive(late, 1)];
        for (var earlier = 0; earlier <= 6; earlier += 3) // thereafter nothing new comes of it
        {
            var partly = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Value;
            Assert.Equal((4L, 3L, (long)Math.Min(earlier, 3), 1L), (partly.Lines, partly.Imported, partly.Earlier, partly.Refused["UnknownMn"]));
        }

        await FileAsync(house, late);
        var whole = (await import.ImportAsync(new MemoryStream(archive), "may.txt", Li, Ct)).Value;

        Assert.Equal((4L, 3L), (whole.Imported, whole.Earlier));
        Assert.Equal((3, 1), ((await StoredAsync(house, mn)).Count, (await StoredAsync(house, late)).Count));
        Assert.Contains("u:li", (await import.ImportAsync(new MemoryStream(archive), "may.txt", Chen, Ct)).Refusal.Args);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\n")]
    public async Task An_empty_file_is_refused_as_often_as_it_comes(string text)
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (archive, import) = (Encoding.ASCII.GetBytes(text), house.Services.GetRequiredService<IFrameImport>());

        for (var times = 0; times < 2; times++) Assert.Equal("import.no-rows", (await import.ImportAsync(new MemoryStream(archive), "empty.txt", Chen, Ct)).Refusal.Code);

        Assert.Empty(await EntriesAsync(house, archive));
    }

    [Fact]
    public async Task The_command_line_says_by_whom_it_was_imported()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var file = Path.Combine(Directory.CreateTempSubdirectory("qingyuan-again-").FullName, "may.txt");
        await File.WriteAllBytesAsync(file, Archive(await StationAsync(house), 1), Ct);
        var said = new JsonObject { ["file"] = file, ["by"] = "chen" };
        Assert.Equal(0, (await ControlVerbs.All["import-frames"].RunAsync(house.Services, said, Ct)).Exit);

        var again = await ControlVerbs.All["import-frames"].RunAsync(house.Services, said, Ct);

        Assert.Equal(1, again.Exit);
        Assert.StartsWith("import.already-done: The frames of may.txt were imported before: on ", again.Error, StringComparison.Ordinal);
        Assert.Contains(" by s:cli:chen, as may.txt.", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frames_of_another_archive_are_evidence_of_their_own()
    {
        var house = await HostHouse.OfAsync(Engine.Sqlite);
        var (mn, import) = (await StationAsync(house), house.Services.GetRequiredService<IFrameImport>());
        await import.ImportAsync(new MemoryStream(Archive(mn, 1, 2)), "may.txt", Chen, Ct);

        var other = (await import.ImportAsync(new MemoryStream(Archive(mn, 2, 3)), "june.txt", Chen, Ct)).Value;

        Assert.Equal((2L, 0L), (other.Imported, other.Earlier));
        Assert.Equal(4, (await StoredAsync(house, mn)).Count);
    }

    private static async Task<string> StationAsync(HostHouse house)
    {
        var mn = NewMn();
        await FileAsync(house, mn);
        return mn;
    }

    private static string NewMn() => $"AGAIN{Interlocked.Increment(ref _numbers):D8}";

    private static async Task FileAsync(HostHouse house, string mn) =>
        Assert.True((await house.Services.GetRequiredService<IStationArchive>().AddAsync(new(mn, "站", StationKind.Water, 2017, "123456"), Actor.Service("test", "self"), Ct)).IsOk);

    /// <summary>Frames of the same length, one a line.</summary>
    private static byte[] Archive(string mn, params int[] minutes) =>
        [.. minutes.SelectMany(minute => Logger.Frame($"QN=2025030108{minute:D2}00001;ST=32;CN=2051;PW=123456;MN={mn};Flag=4;CP=&&DataTime=2025030108{minute:D2}00;w01018-Avg=18.2,w01018-Flag=N&&"))];

    private static async Task<IReadOnlyList<StoredFrame>> StoredAsync(HostHouse house, string mn) =>
        (await house.Services.GetRequiredService<IFrameReader>().ListAsync(new(mn, null, null, FrameVerdict.Imported), Ct)).Items;

    private static async Task<IReadOnlyList<LedgerEntryView>> EntriesAsync(HostHouse house, byte[] archive) =>
        (await house.Services.GetRequiredService<ILedgerReader>().ListAsync(new(Subject: "frame-archive:" + Convert.ToHexStringLower(SHA256.HashData(archive))), Ct)).Items;

    /// <summary>A file that can be read through once; the second time its disk is gone after so many bytes.</summary>
    private sealed class FailingFile(byte[] content, int readable) : MemoryStream(content)
    {
        private bool _wasRead;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_wasRead && Position >= readable) throw new IOException("The disk is gone.");
            _wasRead |= Position == Length;
            return await base.ReadAsync(_wasRead ? buffer[..Math.Min(buffer.Length, readable)] : buffer, cancellationToken);
        }
    }
}
