using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Qingyuan.Hj212.Tests.Package;

/// <summary>The public surface of an assembly as lines of text, one a type or member, compiler-made members of records left out.</summary>
internal static class PublicApi
{
    private static readonly HashSet<string> OfEveryRecord = ["Equals", "GetHashCode", "ToString", "<Clone>$", "op_Equality", "op_Inequality", "Deconstruct", "EqualityContract", "PrintMembers"];

    /// <summary>By namespace.</summary>
    public static IReadOnlyDictionary<string, string> Of(Assembly assembly) =>
        assembly.GetExportedTypes().GroupBy(type => type.Namespace!).ToDictionary(space => space.Key, space => Text(space));

    private static string Text(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append(type.BaseType is { } from && from != typeof(object) && !type.IsValueType ? $" : {Name(from)}" : "").Append('\n');
            foreach (var line in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(IsOurs).Select(Line).Order(StringComparer.Ordinal))
                text.Append("    ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    private static bool IsOurs(MemberInfo member) => member switch
    {
        Type => false,
        MethodBase { IsSpecialName: true } method => method is ConstructorInfo,
        FieldInfo { IsSpecialName: true } => false,
        _ => !OfEveryRecord.Contains(member.Name),
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsByRefLike: true } => "ref struct",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsAbstract ? "abstract " : "") + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
    };

    private static string Line(MemberInfo member) => member switch
    {
        ConstructorInfo made => $"new({Parameters(made)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property => $"{(Accessor(property).IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ get; {Setter(property)}}}",
        FieldInfo { IsLiteral: true } constant => $"{constant.Name} = {(constant.FieldType == typeof(string) ? constant.GetRawConstantValue() : Convert.ToString(constant.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture))}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => member.ToString()!,
    };

    private static MethodInfo Accessor(PropertyInfo property) => property.GetMethod ?? property.SetMethod!;

    private static string Setter(PropertyInfo property) => property.SetMethod is not { IsPublic: true } set ? "" : set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";

    private static string Generic(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(one => $"{Direction(one)}{Name(one.ParameterType)} {one.Name}{(one.IsOptional ? " = default" : "")}"));

    private static string Direction(ParameterInfo one) => !one.ParameterType.IsByRef ? "" : one.IsOut ? "out " : one.IsIn ? "in " : "ref ";

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value) return Name(value) + "?";
        var own = type.IsNested && !type.IsGenericParameter ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{own.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : own;
    }
}
