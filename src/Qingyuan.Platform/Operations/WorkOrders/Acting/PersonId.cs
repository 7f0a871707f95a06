using Qingyuan.Rules.Operations;

namespace Qingyuan.Platform.Operations.WorkOrders.Acting;

/// <summary>People are user names in settings and requests (<c>li</c>), and ids where somebody acts (<c>u:li</c>).</summary>
internal static class PersonId
{
    private const string Prefix = "u:";

    public static string? From(string? name) => name is null || name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name;

    public static string? Name(string? id) => id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) ? id[Prefix.Length..] : id;

    /// <summary>The user name an act's fields give the order to; null when they name nobody.</summary>
    public static string? In(IReadOnlyDictionary<string, string> fields) =>
        fields.TryGetValue(OrderFields.Technician, out var name) && !string.IsNullOrWhiteSpace(name) ? Name(name.Trim()) : null;

    /// <summary>The fields of an act with the technician as an id, as the rules compare them.</summary>
    public static IReadOnlyDictionary<string, string> InFields(IReadOnlyDictionary<string, string> fields, string? technician) =>
        technician is null ? fields : new Dictionary<string, string>(fields, StringComparer.Ordinal) { [OrderFields.Technician] = From(technician)! };
}
