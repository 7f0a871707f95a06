using System.Security.Claims;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qingyuan.Platform.Shared.Http.Idempotency;
using Qingyuan.Platform.Shared.Persistence;
using Qingyuan.Platform.Shared.Texts;
using Qingyuan.Platform.Tests.Engines;

namespace Qingyuan.Platform.Tests.Shared;

/// <summary>A keyed write whose process dies at the worst moment.</summary>
public class KeyedCrashTests
{
    private const string Key = "k1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Died_after_the_commit_and_before_the_answer_a_repeat_does_not_act_again(Engine engine)
    {
        await using var house = await HouseAsync(engine);
        var (store, clock) = (house.GetRequiredService<IdempotencyStore>(), house.GetRequiredService<FakeTimeProvider>());
        Assert.Null(await store.TakeAsync(Key, "body", Ct));
        await WriteCompanion.WithAsync((db, token) => IdempotencyStore.ActAsync(db, Key, token), () => ActAsync(house)); // and here the process dies
        Assert.Equal(IdempotencyRow.Acted, (await store.TakeAsync(Key, "body", Ct))!.Status);
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(IdempotencyRow.AnswerLost, (await store.TakeAsync(Key, "body", Ct))!.Status);
    }

    [Theory]
    [InlineData(Engine.Sqlite)]
    [InlineData(Engine.Postgres)]
    public async Task Died_before_the_commit_the_key_is_free_again(Engine engine)
    {
        await using var house = await HouseAsync(engine);
        var (store, clock) = (house.GetRequiredService<IdempotencyStore>(), house.GetRequiredService<FakeTimeProvider>());
        Assert.Null(await store.TakeAsync(Key, "body", Ct));
        await Assert.ThrowsAsync<IOException>(() => WriteCompanion.WithAsync((db, token) => IdempotencyStore.ActAsync(db, Key, token), () => house.GetRequiredService<IDatabase>().WriteAsync<int>(
            (db, _) =>
            {
                db.Add(new Deed());
                throw new IOException("the power went");
            },
            Ct)));
        Assert.Equal(IdempotencyRow.Running, (await store.TakeAsync(Key, "body", Ct))!.Status);
        clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await store.TakeAsync(Key, "body", Ct));
        Assert.Equal(0, await CountAsync(house));
    }

    [Fact]
    public async Task A_request_that_failed_after_its_commit_says_so_to_the_repeat_and_acts_once()
    {
        await using var house = await HouseAsync(Engine.Sqlite);
        var middleware = new IdempotencyMiddleware(
            async _ =>
            {
                await ActAsync(house);
                throw new IOException("the answer could not be written");
            },
            house.GetRequiredService<IdempotencyStore>());
        await Assert.ThrowsAsync<IOException>(() => middleware.InvokeAsync(Request(house)));
        var repeat = Request(house);
        await middleware.InvokeAsync(repeat);
        repeat.Response.Body.Position = 0;
        var answer = await new StreamReader(repeat.Response.Body).ReadToEndAsync(Ct);
        Assert.Equal(StatusCodes.Status409Conflict, repeat.Response.StatusCode);
        Assert.Contains("request.idempotency-answer-lost", answer, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(house));
    }

    private static async Task ActAsync(ServiceProvider house) => await house.GetRequiredService<IDatabase>().WriteAsync((db, _) => Task.FromResult(db.Add(new Deed())), Ct);

    private static async Task<int> CountAsync(IServiceProvider house)
    {
        await using var db = house.GetRequiredService<IDatabase>().Read();
        return await db.Set<Deed>().CountAsync(Ct);
    }

    private static DefaultHttpContext Request(IServiceProvider house)
    {
        var http = new DefaultHttpContext { RequestServices = house, User = new(new ClaimsIdentity([new("sub", "u:li")], "test")) };
        (http.Request.Method, http.Request.Path, http.Request.Headers["Idempotency-Key"]) = ("POST", "/api/v1/stations", Key);
        http.Response.Body = new MemoryStream();
        return http;
    }

    private static async Task<ServiceProvider> HouseAsync(Engine engine)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 25, 8, 0, 0, TimeSpan.FromHours(8)));
        var services = new ServiceCollection().AddSingleton(clock).AddSingleton<TimeProvider>(clock).AddLogging()
            .AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>()
            .AddSingleton(new Sentences(typeof(Qingyuan.Platform.Shared.Http.ApiSetup)))
            .AddSingleton<IModelPart, IdempotencyModel>().AddSingleton<IModelPart, DeedPart>().AddSingleton<IdempotencyStore>();
        services.AddProblemDetails();
        await TestDatabase.AddAsync(services, engine);
        var provider = services.BuildServiceProvider();
        await provider.MigrateAsync(default);
        return provider;
    }

    private sealed class Deed
    {
        public Guid Id { get; init; } = Guid.CreateVersion7();
    }

    private sealed class DeedPart : IModelPart
    {
        public void Build(ModelBuilder model) => model.Entity<Deed>().ToTable("deed");
    }
}
