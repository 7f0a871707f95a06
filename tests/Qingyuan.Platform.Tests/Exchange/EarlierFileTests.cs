using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Host.Serving;
using Qingyuan.Platform.Exchange.Contracts;
using Qingyuan.Platform.Exchange.Files;
using Qingyuan.Platform.Exchange.Forwarding;
using Qingyuan.Platform.Exchange.Importing;
using Qingyuan.Platform.Shared;
using Qingyuan.Platform.Shared.Blobs;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Exchange;

/// <summary>Files that a release without blob store kept in the database.</summary>
public sealed class EarlierFileTests
{
    private const string Before = "ServingNode";
    private static readonly byte[] Csv = "站点MN,..."u8.ToArray();
    private static readonly byte[] Letter = "同意函"u8.ToArray();
    private static readonly Guid Import = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task They_stay_readable_become_blobs_and_leave_the_database_a_day_later(Engine engine)
    {
        await using var house = await UpgradedAsync(engine);
        var files = house.GetRequiredService<EarlierFiles>();
        await ReadAsync(house);

        Assert.Equal(2, await files.MoveAsync(Ct));
        Assert.Equal(2, await files.MoveAsync(Ct)); // the day is not over
        Assert.Equal((1, 1), await EarlierAsync(house));
        house.GetRequiredService<FakeTimeProvider>().Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await files.MoveAsync(Ct));

        Assert.Equal((0, 0), await EarlierAsync(house));
        await ReadAsync(house);
        Assert.Equal((2, 0, 0), await house.GetRequiredService<IBlobScrub>().RunAsync(Ct) is var pass ? (pass.Blobs, pass.Damaged, pass.Removed) : default);
    }

    [Fact]
    public async Task Bytes_leave_the_database_only_while_the_blob_reads_back()
    {
        await using var house = await UpgradedAsync(Engine.Sqlite);
        var files = house.GetRequiredService<EarlierFiles>();
        await files.MoveAsync(Ct);
        foreach (var path in Directory.EnumerateFiles(house.GetRequiredService<DataDirectory>().Blobs, "*", SearchOption.AllDirectories)) File.Delete(path);
        house.GetRequiredService<FakeTimeProvider>().Advance(TimeSpan.FromDays(2));

        await Assert.ThrowsAsync<BlobException>(() => files.MoveAsync(Ct));

        Assert.Equal((1, 1), await EarlierAsync(house));
        await ReadAsync(house);
    }

    /// <summary>Schema and rows as they were, then the migrations of today.</summary>
    private static async Task<ServiceProvider> UpgradedAsync(Engine engine)
    {
        var folder = Directory.CreateTempSubdirectory("qingyuan-earlier-").FullName;
        var database = engine is Engine.Postgres ? await (await PostgresServer.SharedAsync()).NewDatabaseAsync() : null;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero));
        var configuration = new ConfigurationBuilder().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        services.AddPlatform(configuration, new DataDirectory(folder), new ServerSettings { Database = database }).AddSingleton<TimeProvider>(clock).AddSingleton(clock);
        var house = services.BuildServiceProvider();
        await using (var db = house.GetRequiredService<Database>().Open())
        {
            await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().Single(name => name.EndsWith(Before, StringComparison.Ordinal)), Ct);
            await FillAsync(db);
        }

        await house.MigrateAsync(Ct);
        return house;
    }

    private static async Task FillAsync(QingyuanDb db)
    {
        var target = Guid.CreateVersion7();
        db.AddRange(
            new TargetRow { Id = target, Name = "省平台" },
            new PositionRow { TargetId = target },
            new ImportRow { Id = Import, FileName = "a.csv", Length = Csv.Length, Sha256 = Hash(Csv), By = "u:li" },
            new ImportFileRow { Sha256 = Hash(Csv), Content = Csv });
        await db.SaveChangesAsync(Ct);
        var micros = db is SqliteDb;
        await db.Database.ExecuteSqlRawAsync(
            """INSERT INTO forward_consent ("Id", "TargetId", "FileName", "Sha256", "Content", "UploadedBy", "UploadedAt") VALUES ({0}, {1}, 'letter.pdf', {2}, {3}, 'u:wang', {4})""",
            [Guid.CreateVersion7(), target, Hash(Letter), Letter, micros ? 0L : DateTimeOffset.UnixEpoch], Ct);
    }

    private static async Task ReadAsync(ServiceProvider house)
    {
        Assert.Equal(Csv, (await house.GetRequiredService<IDataImports>().FileAsync(Import, Ct))!.Value.Content);
        var (view, content) = (await house.GetRequiredService<IForwarding>().ConsentAsync("省平台", Ct))!.Value;
        Assert.Equal((Letter.Length, "letter.pdf"), (view.Length, view.FileName));
        Assert.Equal(Letter, content);
    }

    private static async Task<(int Imports, int Consents)> EarlierAsync(ServiceProvider house)
    {
        await using var db = house.GetRequiredService<IDatabase>().Read();
        return (await db.Set<ImportFileRow>().CountAsync(Ct), await db.Set<ConsentRow>().CountAsync(row => row.Content != null, Ct));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
