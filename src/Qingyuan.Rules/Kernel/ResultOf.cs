namespace Qingyuan.Rules.Kernel;

/// <summary>Says "yes" where the value's type is an interface, from which C# allows no implicit conversion.</summary>
public static class ResultOf
{
    /// <summary>A "yes".</summary>
    /// <typeparam name="T">What it carries.</typeparam>
    public static Result<T> Ok<T>(T value)
        where T : notnull => new(value, null);
}
