using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Qingyuan.Platform.Shared.Persistence;

/// <summary>Copies every row of the relational model from one engine to the other, keys and all, by the model that both share.</summary>
internal static class RelationalCopy
{
    private const int Page = 1000;
    private static readonly MethodInfo One = typeof(RelationalCopy).GetMethod(nameof(TableAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="from">Read only.</param>
    /// <param name="to">Up to the same schema, and empty.</param>
    /// <param name="ct">Stops it; what is copied by then stays there.</param>
    /// <returns>Rows by table.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> RunAsync(QingyuanDb from, QingyuanDb to, CancellationToken ct)
    {
        to.ChangeTracker.AutoDetectChangesEnabled = false;
        var copied = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var entity in InOrder(from.Model))
        {
            // Such a property would not come along with the object.
            if (entity.GetProperties().FirstOrDefault(property => property.IsShadowProperty()) is { } shadow) throw new InvalidOperationException($"{entity.ClrType.Name}.{shadow.Name} is known to the model alone.");
            copied[entity.GetTableName()!] = await (Task<long>)One.MakeGenericMethod(entity.ClrType).Invoke(null, [from, to, ct])!;
        }

        foreach (var entity in from.Model.GetEntityTypes()) await NumbersAsync(to, entity, ct);
        return copied;
    }

    /// <summary>Rows that others refer to come before those.</summary>
    private static List<IEntityType> InOrder(IModel model)
    {
        var left = model.GetEntityTypes().Where(entity => !entity.IsOwned() && entity.BaseType is null && entity.FindPrimaryKey() is not null).ToList();
        var ordered = new List<IEntityType>(left.Count);
        while (left.Count > 0)
        {
            var next = left.Find(entity => !entity.GetForeignKeys().Any(key => key.PrincipalEntityType != entity && left.Contains(key.PrincipalEntityType)))
                ?? throw new InvalidOperationException($"{left[0].ClrType.Name} and others refer to one another in a circle.");
            ordered.Add(next);
            left.Remove(next);
        }

        return ordered;
    }

    private static async Task<long> TableAsync<T>(QingyuanDb from, QingyuanDb to, CancellationToken ct)
        where T : class
    {
        var (page, count) = (new List<T>(Page), 0L);
        await foreach (var row in from.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(ct))
        {
            page.Add(row);
            if (page.Count == Page) count += await WriteAsync(page, to, ct);
        }

        return count + await WriteAsync(page, to, ct);
    }

    private static async Task<int> WriteAsync<T>(List<T> page, QingyuanDb to, CancellationToken ct)
        where T : class
    {
        to.Set<T>().AddRange(page);
        await to.SaveChangesAsync(ct);
        to.ChangeTracker.Clear();
        var count = page.Count;
        page.Clear();
        return count;
    }

    /// <summary>Numbers that the server gives go on after those that were brought along.</summary>
    private static async Task NumbersAsync(QingyuanDb to, IEntityType entity, CancellationToken ct)
    {
        if (entity.FindPrimaryKey()?.Properties is not [{ ValueGenerated: ValueGenerated.OnAdd } key] || (key.ClrType != typeof(int) && key.ClrType != typeof(long))) return;
        var (table, column) = (entity.GetTableName()!, key.GetColumnName());
#pragma warning disable EF1002 // names of the model's own tables
        await to.Database.ExecuteSqlRawAsync($"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), (SELECT coalesce(max(\"{column}\"), 0) + 1 FROM \"{table}\"), false)", ct);
#pragma warning restore EF1002
    }
}
