package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"github.com/pulumi/pulumi/sdk/v3/python/toolchain"
)

// Exit code of programs that have told the user about their error.
const told = 32

func toolchainOf(info *pulumirpc.ProgramInfo) (toolchain.Toolchain, error) {
	virtualenv, _ := info.Options.AsMap()["virtualenv"].(string)
	return toolchain.ResolveToolchain(toolchain.PythonOptions{
		Root: info.RootDirectory, ProgramDir: info.ProgramDirectory, Virtualenv: virtualenv,
	})
}

// Makes the virtual environment of a program, with what its requirements.txt names.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, server pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	tools, err := toolchainOf(request.Info)
	if err != nil {
		return err
	}
	closer, stdout, stderr, err := rpcutil.MakeInstallDependenciesStreams(server, request.IsTerminal)
	if err != nil {
		return err
	}
	defer closer.Close()
	return tools.InstallDependencies(server.Context(), request.Info.ProgramDirectory, false, true, stdout, stderr)
}

// Starts a program by the script that Pulumi's host starts.
func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	tools, err := toolchainOf(request.Info)
	if err != nil {
		return nil, err
	}
	command, err := tools.Command(ctx, h.argumentsOf(request)...)
	if err != nil {
		return nil, err
	}
	if command.Env == nil {
		command.Env = os.Environ()
	}
	config, err := json.Marshal(request.Config)
	if err != nil {
		return nil, err
	}
	secrets, err := json.Marshal(request.ConfigSecretKeys)
	if err != nil {
		return nil, err
	}
	if len(request.Config) > 0 {
		command.Env = append(command.Env, "PULUMI_CONFIG="+string(config), "PULUMI_CONFIG_SECRET_KEYS="+string(secrets))
	}
	// What the host prints is the program's output to the CLI.
	command.Stdout, command.Stderr = os.Stdout, os.Stderr
	var exit *exec.ExitError
	if err := command.Run(); errors.As(err, &exit) && exit.ExitCode() == told {
		return &pulumirpc.RunResponse{Bail: true}, nil
	} else if err != nil {
		return &pulumirpc.RunResponse{Error: "program exited with " + err.Error()}, nil
	}
	return &pulumirpc.RunResponse{}, nil
}

func (h *host) argumentsOf(request *pulumirpc.RunRequest) []string {
	self, _ := os.Executable()
	args := []string{filepath.Join(filepath.Dir(self), "pulumi-language-python-exec")}
	for _, flag := range [][2]string{
		{"monitor", request.MonitorAddress},
		{"engine", h.engine},
		{"project", request.Project},
		{"root_directory", request.Info.RootDirectory},
		{"stack", request.Stack},
		{"pwd", request.Pwd},
		{"dry_run", strconv.FormatBool(request.DryRun)},
		{"parallel", strconv.Itoa(int(request.Parallel))},
		{"organization", request.Organization},
	} {
		if flag[1] != "" {
			args = append(args, "--"+flag[0], flag[1])
		}
	}
	return append(append(args, request.Info.EntryPoint), request.Args...)
}
