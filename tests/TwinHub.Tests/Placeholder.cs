namespace TwinHub.Tests;
