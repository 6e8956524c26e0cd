using TwinHub.Load;
using TwinHub.Load.Boards;
using TwinHub.Load.Documents;
using TwinHub.Load.Mail;
using TwinHub.Load.Servers;

var arguments = new Arguments(args.Skip(1));
try
{
    return args.FirstOrDefault() switch
    {
        "mail" => await MailBench.Run(arguments),
        "board" => await BoardBench.Run(arguments),
        "documents" => await DocumentBench.Run(arguments),
        "fanout" => await Fanout.Run(arguments),
        "serve" => await YardstickServer.Serve(arguments),
        _ => Usage(),
    };
}
catch (BenchException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}

static int Usage()
{
    Console.Error.WriteLine("""
        TwinHub.Load fanout [--quick] [--out FILE] [--only bare,insert,twinhub]
                            [--twinhub-url URL --twinhub-pid PID --data DIR] [--insert-connection TEXT]
        TwinHub.Load mail --web TwinHub.Web.dll [--quick] [--mails N] [--rounds N]
        TwinHub.Load documents --web TwinHub.Web.dll [--documents N] [--requests N] [PATH ...]
        TwinHub.Load board --web TwinHub.Web.dll [--groups N] [--requests N] [PATH ...]
        TwinHub.Load serve bare|insert --tokens FILE [--port PORT] [--sample FILE] [--connection TEXT]
        """);
    return 2;
}
