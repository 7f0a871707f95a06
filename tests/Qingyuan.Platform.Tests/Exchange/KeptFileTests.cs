using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>Uploaded files are blobs, over HTTP as people get them back.</summary>
public class KeptFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task An_uploaded_file_is_a_blob_that_the_import_refers_to(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var csv = bench.Laboratory("@,w01018,2026-03-02 08:20,18.20,mg/L,,,,");
        var sha256 = Hash(csv);

        await bench.ImportAsync("laboratory", csv);

        Assert.Equal(csv, await File.ReadAllTextAsync(PathOf(bench, sha256), Token));
        Assert.NotNull(await bench.House.Services.GetRequiredService<BlobReferences>().KeptAtAsync(sha256, Token));
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_node_that_has_not_got_a_file_says_so_and_goes_on_once_it_came(Engine engine)
    {
        var bench = await ImportBench.OpenAsync(engine);
        var csv = bench.Laboratory("@,w01018,2026-03-03 08:20,18.20,mg/L,,,,");
        var sha256 = Hash(csv);
        var id = (await bench.UploadAsync("laboratory", csv)).Body.GetProperty("id").GetString()!;
        var elsewhere = PathOf(bench, sha256) + ".elsewhere";
        File.Move(PathOf(bench, sha256), elsewhere);

        var (status, problem) = await bench.GetAsync($"/imports/{id}/file", Roles.QcManager);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "blob.missing"), (status, problem.GetProperty("type").GetString()));
        Assert.Contains(sha256, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        (status, problem) = await bench.PostAsync($"/imports/{id}/confirm");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "blob.missing"), (status, problem.GetProperty("type").GetString()));
        Assert.Equal("draft", (await bench.GetAsync($"/imports/{id}", Roles.QcManager)).Body.GetProperty("import").GetProperty("state").GetString());

        File.Move(elsewhere, PathOf(bench, sha256));
        Assert.Equal(HttpStatusCode.OK, (await bench.PostAsync($"/imports/{id}/confirm")).Status);
    }

    [Fact]
    public async Task A_damaged_file_is_not_given_out()
    {
        var bench = await ImportBench.OpenAsync(Engine.Sqlite);
        var csv = bench.Laboratory("@,w01018,2026-03-04 08:20,18.20,mg/L,,,,");
        var id = await bench.ImportAsync("laboratory", csv);
        await File.WriteAllTextAsync(PathOf(bench, Hash(csv)), csv.Replace("18.20", "08.20", StringComparison.Ordinal), Token);

        var (status, problem) = await bench.GetAsync($"/imports/{id}/file", Roles.QcManager);

        Assert.Equal((HttpStatusCode.InternalServerError, "blob.damaged"), (status, problem.GetProperty("type").GetString()));
        await File.WriteAllTextAsync(PathOf(bench, Hash(csv)), csv, Token);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task A_consent_letter_is_a_blob_and_its_length_is_told(Engine engine)
    {
        await using var bench = await ForwardBench.OpenAsync(engine);
        var mn = await bench.StationAsync();
        Assert.Equal(HttpStatusCode.OK, (await bench.PutAsync(new { kind = "government", host = "127.0.0.1", port = 1, enabled = false, stations = new[] { new { mn } } })).Status);
        var letter = Encoding.UTF8.GetBytes("同意函 " + bench.Target);
        using var client = bench.House.Client(Roles.Dispatcher);
        var path = "/api/v1/forward-targets/" + Uri.EscapeDataString(bench.Target) + "/consent";

        using var uploaded = await client.PostAsync(new Uri(path + "?fileName=letter.pdf", UriKind.Relative), new ByteArrayContent(letter), Token);

        var consent = (await uploaded.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("consent");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(letter));
        Assert.Equal((letter.Length, sha256), (consent.GetProperty("length").GetInt32(), consent.GetProperty("sha256").GetString()));
        Assert.Equal(letter, await File.ReadAllBytesAsync(Path.Combine(bench.House.Data, "blobs", sha256[..2], sha256[2..4], sha256), Token));
        Assert.Equal(letter, await client.GetByteArrayAsync(new Uri(path, UriKind.Relative), Token));
    }

    [Fact]
    public async Task A_disk_without_room_for_files_refuses_them_and_says_so()
    {
        var house = await Edge.HostHouse.AloneAsync(Engine.Sqlite, ("Blobs:MinimumFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Blobs:MinimumFreePercent", "50"));
        try
        {
            if (new DriveInfo(house.Data) is { } drive && drive.AvailableFreeSpace > drive.TotalSize / 2) Assert.Skip("More than half of this disk is free.");
            using var client = house.Client(Roles.QcManager);
            using var form = new MultipartFormDataContent { { new StringContent("history"), "kind" }, { new ByteArrayContent("站点MN,监测因子,数据类型,监测时间,监测值\r\nX,w01018,hour,2026-03-01 08:00,1\r\n"u8.ToArray()), "file", "a.csv" } };

            using var answer = await client.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Token);

            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.Equal((HttpStatusCode.InsufficientStorage, "blob.not-kept"), (answer.StatusCode, problem.GetProperty("type").GetString()));
            Assert.Empty(Directory.EnumerateFiles(Path.Combine(house.Data, "blobs"), "*", SearchOption.AllDirectories));
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string PathOf(ImportBench bench, string sha256) => Path.Combine(bench.House.Data, "blobs", sha256[..2], sha256[2..4], sha256);
}
