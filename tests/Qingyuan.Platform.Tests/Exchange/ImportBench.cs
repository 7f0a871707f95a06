using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qingyuan.Platform.Security.Contracts;
using Qingyuan.Platform.Stations.Contracts;
using Qingyuan.Platform.Tests.Edge;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>The whole platform with a station of its own, and files that are uploaded to it.</summary>
internal sealed class ImportBench
{
    private static int _numbers;

    private ImportBench(HostHouse house, StationInfo station) => (House, Station) = (house, station);

    public HostHouse House { get; }

    public StationInfo Station { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ImportBench> OpenAsync(Engine engine, string? discharger = null)
    {
        var house = await HostHouse.OfAsync(engine);
        var number = Interlocked.Increment(ref _numbers);
        var draft = new StationDraft($"IMPORT{number:D8}", $"导入站{number}", StationKind.Water, 2017, "123456")
        {
            DischargerCode = discharger,
            Factors = [new("w01018", "化学需氧量", "Chemical oxygen demand", "mg/L", 1, null, null, null, null), new("w01001", "pH值", "pH", "1", 2, null, null, null, null)],
        };
        return new(house, (await house.Services.GetRequiredService<IStationArchive>().AddAsync(draft, Actor.Service("test", "self"), Token)).Value);
    }

    /// <summary>A laboratory's csv: the usual headings and the lines given, with <c>@</c> for the station's MN.</summary>
    public string Laboratory(params string[] lines) => "站点MN,监测因子,采样时间,测定结果,单位,分析方法,实验室,样品编号,备注\r\n" + string.Concat(lines.Select(line => line.Replace("@", Station.Mn, StringComparison.Ordinal) + "\r\n"));

    public string History(params string[] lines) => "站点MN,监测因子,数据类型,监测时间,监测值,数据标记\r\n" + string.Concat(lines.Select(line => line.Replace("@", Station.Mn, StringComparison.Ordinal) + "\r\n"));

    public Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(string kind, string csv, string name = "data.csv", string role = Roles.QcManager) => UploadAsync(kind, Encoding.UTF8.GetBytes(csv), name, role);

    public async Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(string kind, byte[] file, string name, string role = Roles.QcManager)
    {
        using var client = House.Client(role);
        using var form = new MultipartFormDataContent { { new StringContent(kind), "kind" }, { new ByteArrayContent(file), "file", name } };
        using var answer = await client.PostAsync(new Uri("/api/v1/imports", UriKind.Relative), form, Token);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    /// <summary>Uploads and confirms.</summary>
    public async Task<string> ImportAsync(string kind, string csv, string name = "data.csv")
    {
        var (status, draft) = await UploadAsync(kind, csv, name);
        Assert.Equal(HttpStatusCode.Created, status);
        var id = draft.GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync($"/imports/{id}/confirm")).Status);
        return id;
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object? body = null, string role = Roles.Dispatcher)
    {
        using var client = House.Client(role);
        using var answer = await client.PostAsJsonAsync(new Uri("/api/v1" + path, UriKind.Relative), body ?? new { }, Token);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> GetAsync(string path, string role = Roles.Regulator)
    {
        using var client = House.Client(role);
        using var answer = await client.GetAsync(new Uri("/api/v1" + path, UriKind.Relative), Token);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    public async Task<IReadOnlyList<JsonElement>> ItemsAsync(string path) => [.. (await GetAsync(path)).Body.GetProperty("items").EnumerateArray()];

    /// <summary>What is said of rows, as <c>row column code</c>.</summary>
    public async Task<string[]> ErrorsAsync(string id) =>
        [.. (await GetAsync($"/imports/{id}?limit=1000", Roles.QcManager)).Body.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("row").GetInt32()} {error.GetProperty("column").GetString()} {error.GetProperty("code").GetString()}")];
}
