using Qingyuan.Browser.Tests;

// One platform and one browser for all; the tests tell one day after another on them.
[assembly: AssemblyFixture(typeof(Installation))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
